import type { Endpoint } from './schema.ts';

/**
 * Whether a URL surely stands for this workstation: http or https, and as host exactly 127.0.0.0/8 in dotted form, `[::1]`
 * or `localhost`. The text must spell the host as the URL standard writes it, which refuses user-info, trailing dots,
 * decimal, octal and hexadecimal addresses and look-alike letters without a list of tricks.
 */
export function isLoopbackUrl(text: string): boolean {
  if (!/^[\x21-\x7e]+$/.test(text) || !URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:') return false;
  const spelled = `${protocol}//${hostname}`;
  const next = text[spelled.length];
  if (text.slice(0, spelled.length).toLowerCase() !== spelled || (next !== undefined && !':/?#'.includes(next)))
    return false;
  if (next === ':' && !/^:\d{1,5}(?:[/?#]|$)/.test(text.slice(spelled.length))) return false;
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** Whether an endpoint surely stands on this workstation: the local engine, or a server at a loopback address. */
export function isOnWorkstation(endpoint: Endpoint): boolean {
  if (endpoint.kind === 'local') return true;
  return isLoopbackUrl(endpoint.kind === 'bedrock' ? `https://${endpoint.host}` : endpoint.url);
}
