import { type Detector, type Label, rank } from '../../engine/detector.ts';
import { announces } from '../rule.ts';

const EMAIL: Label = { type: 'EMAIL', kind: 'personal', rule: 'personal/email', rank: rank.personal };
const DOMAIN =
  /(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62}[\p{L}\p{N}])?\.){1,8}(?:xn--[a-z0-9-]{2,59}|\p{L}{2,24})(?![\p{L}\p{N}_(-])/uy;
const LONGEST_LOCAL = 64;
/** `icon@2x.png` is a file, `pkg@next.js` a package. */
const FILE_ENDINGS =
  /\.(?:png|jpe?g|gif|svg|webp|ico|js|mjs|cjs|ts|tsx|jsx|css|scss|json|html?|md|py|rb|go|rs|java|tgz|zip|gz|sh|lock|map|xml|ya?ml|txt|dll|exe|so|service|timer|target|socket|mount)$/i;

/** RFC 5322 addresses as people write them: no quotes, no comments, a domain with a dot. */
export const emailDetector: Detector = {
  keywords: ['@'],
  detect(probe, start, end) {
    const { text } = probe;
    let from = start;
    while (from > 0 && start - from <= LONGEST_LOCAL && /[\p{L}\p{N}.!#$%&*+=?^_{|}~-]/u.test(text.charAt(from - 1)))
      from--;
    while (from < start && /[^\p{L}\p{N}]/u.test(text.charAt(from))) from++;
    if (from === start || start - from > LONGEST_LOCAL) return;
    if (/\.\.|\.$/.test(text.slice(from, start))) return;
    if (isUserOfAddress(text, from) || text.slice(from, start) === 'git') return;
    DOMAIN.lastIndex = end;
    const domain = DOMAIN.exec(text)?.[0];
    if (domain && !FILE_ENDINGS.test(domain)) probe.report(from, end + domain.length, EMAIL);
  },
};

/** The user of a URL or of an scp address stands before a host, not before a mail domain. */
function isUserOfAddress(text: string, from: number): boolean {
  return /:\/\/[^\s"'<>?&=]{0,256}$/.test(text.slice(Math.max(0, from - 260), from));
}

/** https://www.bcb.gov.br/estabilidadefinanceira/pix: a random key is a UUID; the others are numbers and addresses. */
export const pixRule = announces('personal/pix-key', 'PIXKEY', ['pix'], {
  body: /[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/i,
  kind: 'personal',
  reach: 40,
});
