import { entropy, isRandomWord, type Shape, shapeOf } from '../../engine/shape.ts';
import { isPlaceholder, isReference, isVocabulary } from '../vetoes.ts';
import type { Name } from './name.ts';
import type { Value } from './value.ts';

/** From here on a value counts as a secret. */
export const THRESHOLD = 1;

const PATH = /^(?:\.{0,2}\/|~\/|[A-Za-z]:[\\/]|\\\\)[\w./\\ @-]*$|^[\w.-]+(?:\/[\w.-]+)+\.[a-z]{2,5}$/;
const FILE =
  /^[\w./-]+\.(?:json|ya?ml|pem|key|crt|cer|txt|js|ts|tsx|py|rb|go|java|php|html?|xml|ini|cfg|conf|env|toml|properties|p12|pfx|jks|png|svg|md|sh|sql|lock|log|csv|pub|asc|gpg)$/i;
const DATED =
  /^\d{4}-\d{2}-\d{2}|^v?\d+(?:\.\d+){1,3}(?:[-+][\w.]+)?$|^\d+(?:\.\d+)?\s?(?:ms|s|m|h|d|px|em|rem|%|kb|mb|gb|sec|min|hours?|days?|minutes?|seconds?)$/i;
const ADDRESS =
  /^(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?$|^(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|local|internal|example|test|br|kz|eu|de|uk|co)(?::\d+)?(?:\/.*)?$|^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/i;
const HASHED =
  /^(?:sha(?:1|224|256|384|512)|md5|blake\w*)[-:]|^\{(?:SSHA|SHA|MD5|CRYPT)\}|^ssh-(?:rsa|ed25519|dss) |^ecdsa-|^-----BEGIN|^data:|^urn:|^urn\./i;
const CODE =
  /^[\w$.[\]]+\(|=>|\(\)|^\w+(?:\[['"]?\w+['"]?\])+$|^<\/?[a-z]|\\[dwsbDWS][+*{)]?|\(\?[:=!]|\[\^|\[a-z|\[A-Z|\[0-9|%[sdv](?![a-z0-9])|%\([a-z_]+\)s|\{\d?\}|^[.#][a-z][\w-]*$|::|^(?:application|text|image|audio|multipart)\//;
const CONSTANT = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
/** Chinese, Japanese and Korean text: a remark, not a password. */
const CJK = /[\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]/;
const UUID = /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i;
const HEX = /^(?:0x)?[0-9a-f]+$/i;

/** Whether the value is none that a secret could be, whatever its name says. */
export function isVetoed(value: string, name: Name, found: Value): boolean {
  if (value.length < (name.weight >= 2.5 ? 3 : name.weight >= 2 ? 5 : 8)) return true;
  if (CJK.test(value) || isReference(value) || isPlaceholder(value)) return true;
  if (/^'.'(?:\s*,\s*'\\?.')+$/.test(value)) return false;
  if (/\s/.test(value)) return !isPassphrase(value, name, found);
  if (value.includes('://') || PATH.test(value) || FILE.test(value) || DATED.test(value) || ADDRESS.test(value))
    return true;
  if (HASHED.test(value) || CODE.test(value) || CONSTANT.test(value)) return true;
  if (/^\d{16,}$/.test(value)) return name.weight < 2;
  if (/^\d+$/.test(value)) return !(name.weight >= 2.5 && found.quoted && value.length >= 4 && value.length !== 13);
  return (
    value.toLowerCase() === name.word || isIdentifier(value, found.quoted || found.settings === true) || isSealed(value)
  );
}

/** How sure it is that a value which is not vetoed is a secret. Weights were fitted by hand on the development rows. */
export function scoreOf(value: string, name: Name, found: Value): number {
  const shape = shapeOf(value);
  const letters = shape.lower + shape.upper;
  let score = name.weight - 1.6 + lengthTerm(value.length);
  score += Math.min(0.8, Math.max(0, (entropy(value) - 2.5) * 0.4));
  if (shape.digits > 0 && letters > 0) score += 0.6;
  if (shape.naturalness < 0.55) score += 0.8;
  else if (shape.naturalness < 0.7) score += 0.4;
  score += Math.min(0.8, shape.transitions * 0.12);
  if (found.quoted) score += 0.4;
  if (shape.other > 0 && letters > 0 && !/^[\w.-]+$/.test(value)) score += 0.3;
  if (isWordy(value, shape)) score -= found.settings && name.weight >= 3 && /^[a-z]+$/.test(value) ? 0.7 : 1.7;
  if (name.weight < 1.3 && found.connector !== 'prose' && (HEX.test(value) || UUID.test(value))) score -= 2.5;
  else if (name.weight < 1.8 && UUID.test(value)) score -= 0.6;
  if (found.connector === 'comma' || found.connector === 'call') score -= 0.5;
  if (found.connector === 'prose') score -= 0.6;
  if (found.connector === 'blank') score -= found.quoted ? 0.6 : 1.6;
  return score;
}

function lengthTerm(length: number): number {
  if (length < 4) return -0.8;
  if (length < 6) return -0.4;
  if (length < 8) return 0;
  if (length < 12) return 0.3;
  if (length < 16) return 0.5;
  return length < 24 ? 0.8 : 1.1;
}

function isWordy(value: string, shape: Shape): boolean {
  return shape.naturalness >= 0.72 && shape.digits === 0 && !/[!@#$%^&*?+=]/.test(value);
}

/** Words and joints alone, as variables and message keys are. */
function isIdentifier(value: string, quoted: boolean): boolean {
  // A string of one word can be a weak password; of two it names something.
  if (quoted && (!/[._]|[a-z][A-Z]/.test(value) || isRandomWord(value))) return false;
  const shape = shapeOf(value);
  if (/^[A-Za-z_$][\w$]*(?:[.-][A-Za-z_$][\w$]*)*$/.test(value) && shape.naturalness >= 0.62 && shape.digits <= 1)
    return true;
  return /^[A-Za-z_$][\w$.]*[([]/.test(value);
}

/** https://github.com/bitnami-labs/sealed-secrets: encrypted for a cluster, made to be published. */
const isSealed = (value: string): boolean => /^Ag[AB]/.test(value) && value.length >= 80;

/**
 * `correct horse battery staple` beside a name that asks for a phrase, or a password of plain words in quotes. Any
 * ordinary word makes a message of the latter.
 */
function isPassphrase(value: string, name: Name, found: Value): boolean {
  const words = value.split(/\s+/);
  if (/phrase|mnemonic|seed/.test(name.word)) return words.length >= 3 && !/[.,:;]/.test(value) && !isVocabulary(value);
  if (SPACED_GROUPS.test(value) && name.weight >= 2) return isRandomWord(value.replaceAll(' ', ''));
  return (
    name.weight >= 3 &&
    (found.quoted || found.settings === true) &&
    /^[a-z]{3,}(?: [a-z]{3,}){1,7}$/.test(value) &&
    !words.some(isVocabulary)
  );
}

/** Keys written in groups for people to type: `abcd efgh ijkl mnop`. */
const SPACED_GROUPS = /^(?:[0-9a-z]{4} ){3,12}[0-9a-z]{4}$|^(?:[0-9A-Z]{4} ){3,12}[0-9A-Z]{4}$/;
