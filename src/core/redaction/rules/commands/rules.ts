import type { Label, Probe } from '../../engine/detector.ts';
import { custom } from '../rule.ts';
import { isPlaceholder, isReference } from '../vetoes.ts';

/**
 * Command-line tools that take a password in a short option or by position; long options such as `--password` are the
 * contextual layer's. Group 1 is the secret. Each expression is tried on the rest of the command's line.
 */
const COMMANDS: readonly { readonly names: readonly string[]; readonly secret: RegExp }[] = [
  // https://curl.se/docs/manpage.html#-u, https://httpie.io/docs/cli/authentication
  {
    names: ['curl ', 'curl.exe ', 'http ', 'https '],
    secret: /\s(?:-[a-zA-Z]{0,4}[uU]|--(?:proxy-)?user|-a|--auth)[ =]{0,2}["']?[^\s:"']{0,128}:([^\s"']{1,256})/g,
  },
  // https://docs.docker.com/reference/cli/docker/login/, https://helm.sh/docs/helm/helm_registry_login/
  {
    names: [
      'docker login',
      'podman login',
      'registry login',
      'buildah login',
      'skopeo login',
      'az login',
      'oc login',
      'nerdctl login',
      'crane auth login',
      'argocd login',
      'cf login',
    ],
    secret: /\s-p[ =]?["']?([^\s"']{1,256})/g,
  },
  // https://linux.die.net/man/1/sshpass
  { names: ['sshpass '], secret: /\s-p[ ]?["']?([^\s"']{1,256})/g },
  // https://dev.mysql.com/doc/refman/8.4/en/connecting.html: no space after -p
  {
    names: ['mysql ', 'mysqldump ', 'mysqladmin ', 'mariadb ', 'mysqlimport '],
    secret: /\s-p["']?([^\s"'-][^\s"']{0,256})/g,
  },
  // https://redis.io/docs/latest/develop/tools/cli/, https://www.mongodb.com/docs/mongodb-shell/
  {
    names: ['redis-cli ', 'ldapsearch ', 'ldapmodify ', 'ldapadd ', 'ldappasswd '],
    secret: /\s-(?:a|w)[ ]?["']?([^\s"']{1,256})/g,
  },
  {
    names: [
      'mongo ',
      'mongosh ',
      'mongodump ',
      'mongoexport ',
      'mongoimport ',
      'mongorestore ',
      'sqlcmd ',
      'cqlsh ',
      'rcon ',
    ],
    secret: /\s-[pP][ ]?["']?([^\s"']{2,256})/g,
  },
  // https://httpd.apache.org/docs/current/programs/htpasswd.html: -b takes it from the command line
  {
    names: ['htpasswd '],
    secret:
      /\s-[a-zA-Z]{0,6}b[a-zA-Z]{0,6}(?:\s+-[a-zA-Z]+|\s+-C\s+\d+|\s+\d+)*(?:\s+\S+){1,2}\s+["']?([^\s"']{1,256})["']?\s*$/g,
  },
  // https://docs.openssl.org/master/man1/openssl-passphrase-options/
  { names: ['openssl '], secret: /\s-?(?:-pass(?:in|out)?|-k|-K)\s+(?:["']?pass:)?["']?([^\s"':]{1,256})/g },
  // https://docs.oracle.com/en/java/javase/21/docs/specs/man/keytool.html
  {
    names: ['keytool ', 'jarsigner '],
    secret: /\s-(?:storepass|keypass|srcstorepass|deststorepass|new)\s+["']?([^\s"']{1,256})/g,
  },
  // https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/cmdkey
  {
    names: ['cmdkey ', 'psexec ', 'net use ', 'schtasks ', 'wmic '],
    secret: /\s[/-](?:pass|p|rp|password):?\s*["']?([^\s"']{1,256})/gi,
  },
  // https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.security/convertto-securestring
  {
    names: ['convertto-securestring '],
    secret: /^\s+(?:-AsPlainText\s+|-Force\s+)*(?:-String\s+)?["']?([^\s"'-][^\s"']{2,256})/gi,
  },
  { names: ['net user '], secret: /^\s*\S+\s+([^\s/*]{1,256})/g },
  // https://man7.org/linux/man-pages/man8/chpasswd.8.html
  { names: ['echo '], secret: /^\s*["']?[\w.-]{1,64}:([^\s"']{4,256})["']?\s*\|\s*(?:sudo\s+)?chpasswd/g },
  {
    names: ['smbclient ', 'rpcclient ', 'smbmap ', 'mount.cifs '],
    secret: /\s-U\s*["']?[^\s%"']{1,128}%([^\s"']{1,256})/g,
  },
  // https://www.gnu.org/software/wget/manual/, https://learn.microsoft.com/en-us/nuget/reference/cli-reference/cli-ref-push
  {
    names: ['nuget push ', 'nuget setapikey ', 'dotnet nuget push '],
    secret: /\s(?:-k|--api-key|-ApiKey)\s+["']?([^\s"']{8,256})/gi,
  },
  {
    names: ['npm config set ', 'yarn config set ', 'aws configure set '],
    secret: /(?:authToken|_auth|_password|secret_access_key|aws_session_token)[ =]+["']?([^\s"']{8,512})/g,
  },
];

const LONGEST_LINE = 1000;

export const commandRules = COMMANDS.map(({ names, secret }) =>
  custom(`commands/${(names[0] ?? '').trim().replaceAll(' ', '-')}`, 'PASSWORD', names, (probe, start, end, label) =>
    onCommand(secret, probe, [start, end], label),
  ),
);

function onCommand(secret: RegExp, probe: Probe, [start, end]: [number, number], label: Label): void {
  const { text, report } = probe;
  if (probe.seen(secret, start)) return;
  if (start > 0 && /[\w.$-]/.test(text.charAt(start - 1))) return;
  // The last blank of the name is the first of the options.
  const from = text.charAt(end - 1) === ' ' ? end - 1 : end;
  const line = commandLine(text, from);
  probe.sawTo(secret, from + line.length);
  for (const found of line.matchAll(secret)) {
    const value = found[1] ?? '';
    if (value === '' || isReference(value) || isPlaceholder(value)) continue;
    const at = from + found.index + found[0].lastIndexOf(value);
    report(at, at + value.length, label);
  }
}

/** The rest of a command, over lines that end in a backslash, up to where a shell would begin another. */
function commandLine(text: string, from: number): string {
  const window = text.slice(from, from + LONGEST_LINE);
  return /^(?:\\\r?\n|[^\n;&]|&(?!&)){0,1024}/.exec(window)?.[0] ?? '';
}
