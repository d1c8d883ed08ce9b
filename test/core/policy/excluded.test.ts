import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtinPolicy } from '../../../src/core/policy/builtin.ts';
import { excluded } from '../../../src/core/policy/classify.ts';
import { examplePolicy } from './policies.ts';

const policy = examplePolicy({
  exclude: ['**/.env*', '**/*.pem', '**/secrets/**', '/build/', 'internal-only', 'docs/*.md'],
});

function check(path: string, uri = `file:///home/dev/project/${path}`, realPath?: string): string | undefined {
  return excluded(policy, { path, uri, ...(realPath === undefined ? {} : { realPath }) })?.rule;
}

const inFolder: readonly (readonly [path: string, rule: string | undefined])[] = [
  ['src/reader.ts', undefined],
  ['src/environment.ts', undefined],
  ['src/secretsanta.ts', undefined],
  ['src/credentials/provider.ts', undefined],
  ['node_modules/zod/index.js', undefined],
  ['locales/en/auth.json', undefined],
  ['.github/workflows/ci.yml', undefined],
  ['.env', 'built-in'],
  ['.env.example', 'built-in'],
  ['apps/web/.ENV.Local', 'built-in'],
  ['deploy/prod.env', 'built-in'],
  ['keys/server.PEM', 'built-in'],
  ['.ssh/id_ed25519', 'built-in'],
  ['backup/id_rsa', 'built-in'],
  ['.git/config', 'built-in'],
  ['sub/.GIT/hooks/pre-commit', 'built-in'],
  ['.npmrc', 'built-in'],
  ['infra/terraform.tfstate', 'built-in'],
  ['secrets/a.ts', 'exclude[2]'],
  ['src/Secrets/deep/er/a.ts', 'exclude[2]'],
  ['build/out.js', 'exclude[3]'],
  ['src/build/out.js', undefined],
  ['pkg/internal-only/a.ts', 'exclude[4]'],
  ['internal-only', 'exclude[4]'],
  ['docs/a.md', 'exclude[5]'],
  ['docs/more/a.md', undefined],
];

const otherSpellings: readonly string[] = [
  'src/../secrets/a.ts',
  'src//secrets//a.ts',
  './secrets/./a.ts',
  'src\\secrets\\a.ts',
  'secrets./a.ts',
  'secrets /a.ts',
  'secrets::$INDEX_ALLOCATION/a.ts',
  '.env.',
  '.env ',
  '.env::$DATA',
  'x\\.env',
  'key.pem::$DATA',
  '.g\u200cit/config',
  '\uff0eenv',
  'SECRETS/A.TS',
];

describe('excluded', () => {
  it.each(inFolder)('%s → %s', (path, rule) => expect(check(path)).toBe(rule));

  it.each(otherSpellings)('%j is no way around', (path) => expect(check(path)).toMatch(/^(built-in|exclude\[\d\])$/));

  it('looks above the folder that was opened', () => {
    expect(check('a.ts', 'file:///home/dev/secrets/a.ts')).toBe('exclude[2]');
    expect(check('a.ts', 'vscode-remote://ssh-remote%2Bhost/home/dev/Secrets/a.ts')).toBe('exclude[2]');
    expect(check('a.ts', 'file:///c%3A/dev/secrets/a.ts')).toBe('exclude[2]');
    expect(check('a.ts', 'git:/home/dev/secrets/a.ts?%7B%22ref%22%3A%22%22%7D')).toBe('exclude[2]');
    expect(check('a.ts', 'file:///build/a.ts')).toBeUndefined();
  });

  it('looks where a link leads', () => {
    expect(check('notes.txt', 'file:///w/notes.txt', '/home/dev/.ssh/id_rsa')).toBe('built-in');
    expect(check('notes.txt', 'file:///w/notes.txt', 'C:\\Users\\dev\\secrets\\notes.txt')).toBe('exclude[2]');
  });

  it('protects a named folder whatever folder is open, and behind links', () => {
    const named = examplePolicy({
      exclude: ['src/hsm/**', 'config/prod', '{app,lib}/*/keys/**', 'certs/*.txt', 'vault/**'],
    });
    const rule = (path: string, uri: string, realPath?: string) =>
      excluded(named, { path, uri, ...(realPath === undefined ? {} : { realPath }) })?.rule;
    expect(rule('link.ts', 'file:///w/repo/link.ts', '/w/repo/src/hsm/x.ts')).toBe('exclude[0]');
    expect(rule('hsm/x.ts', 'file:///w/repo/src/hsm/x.ts')).toBe('exclude[0]');
    expect(rule('repo/src/hsm/x.ts', 'file:///w/repo/src/hsm/x.ts')).toBe('exclude[0]');
    expect(rule('x.ts', 'git:/w/repo/src/hsm/x.ts')).toBe('exclude[0]');
    expect(rule('x.yml', 'git:/w/repo/config/prod/x.yml')).toBe('exclude[1]');
    expect(rule('link.ts', 'file:///w/repo/link.ts', '/w/repo/lib/a/keys/x.ts')).toBe('exclude[2]');
    expect(rule('repo/app/a/Keys/x.ts', 'file:///w/repo/app/a/Keys/x.ts')).toBe('exclude[2]');
    expect(rule('link.ts', 'file:///w/repo/link.ts', '/v/other/certs/x.txt')).toBe('exclude[3]');
    expect(rule('link.ts', 'file:///w/repo/link.ts', '/w/repo/vault/x.ts')).toBe('exclude[4]');
    expect(rule('a/link.ts', 'file:///c%3A/repo/a/link.ts', 'C:\\repo\\vault\\x.ts')).toBe('exclude[4]');
    expect(rule('link.ts', 'file:///w/repo/link.ts', '/w/repo/src/vault/x.ts')).toBeUndefined();
    expect(rule('src/other/x.ts', 'file:///w/repo/src/other/x.ts')).toBeUndefined();
  });

  it('lets typed text and untitled documents pass', () => {
    expect(check('', 'postern:typed')).toBeUndefined();
    expect(check('', 'untitled:Untitled-1')).toBeUndefined();
  });

  it('takes a stray % in a URI for what it is', () => expect(check('100%.txt', 'file:///w/100%.txt')).toBeUndefined());

  it('holds without a policy of the organisation', () =>
    expect(excluded(builtinPolicy, { path: '.netrc', uri: 'file:///w/.netrc' })?.rule).toBe('built-in'));

  it('finds a secret folder at any depth and in any case', () => {
    const segment = fc.stringMatching(/^[a-z0-9_-]{1,8}$/);
    const anyCase = fc.array(fc.boolean(), { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 5 }), anyCase, segment, (above, upper, name) => {
        const folder = [...'secrets'].map((letter, at) => (upper[at] ? letter.toUpperCase() : letter)).join('');
        expect(check([...above, folder, name].join('/'))).toBeDefined();
      }),
    );
  });
});
