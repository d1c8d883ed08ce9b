/**
 * The placeholders of one conversation. In memory only, never logged, never shared between conversations.
 *
 * A placeholder is `REDACTED_<TYPE>_<8 hex>_`: an identifier in every language and a word inside any string, ended
 * by its last underscore and of fixed length after the type, so that none is a prefix of another.
 */
export interface Vault {
  /** The placeholder of a value; the same for the same value and type. Records that `origin` holds the value. */
  placeholder(type: string, value: string, origin: string): string;
  /** What a placeholder stands for, or undefined when this conversation never made it. */
  original(placeholder: string): { readonly value: string; readonly origins: ReadonlySet<string> } | undefined;
}

/** HMAC-SHA256 of a text under a key of this conversation, as lower-case hex. Injected: core does no cryptography. */
export type KeyedHash = (text: string) => string;

export const PLACEHOLDER = /REDACTED_[A-Z0-9]{1,24}_[0-9a-f]{8}_/g;
/** Length of the longest placeholder, in UTF-16 code units. */
export const PLACEHOLDER_MAX = 'REDACTED_'.length + 24 + 1 + 8 + 1;

export function createVault(keyedHash: KeyedHash): Vault {
  const byValue = new Map<string, string>();
  const byPlaceholder = new Map<string, { value: string; origins: Set<string> }>();
  return {
    placeholder(type, value, origin) {
      const key = `${type}\n${value}`;
      let placeholder = byValue.get(key);
      for (let attempt = 0; placeholder === undefined; attempt++) {
        const candidate = `REDACTED_${type}_${keyedHash(`${attempt}\n${key}`).slice(0, 8)}_`;
        if (byPlaceholder.has(candidate)) continue;
        placeholder = candidate;
        byValue.set(key, candidate);
        byPlaceholder.set(candidate, { value, origins: new Set() });
      }
      byPlaceholder.get(placeholder)?.origins.add(origin);
      return placeholder;
    },
    original: (placeholder) => byPlaceholder.get(placeholder),
  };
}
