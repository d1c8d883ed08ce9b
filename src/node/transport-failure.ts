import type { ErrorKind } from '../core/provider/provider-error.ts';

export interface TransportFailure {
  readonly kind: ErrorKind;
  readonly detail: string;
}

/**
 * What a failed connection means, from the `code` of the error or of anything in its chain of causes: system errors
 * (https://nodejs.org/api/errors.html#common-system-errors), OpenSSL's and Node's TLS codes
 * (https://nodejs.org/api/tls.html#x509-certificate-error-codes), and undici's. Messages are not passed on; they can hold
 * addresses and paths of this machine.
 */
export const transportFailure = (cause: unknown): TransportFailure =>
  knownTransportFailure(cause) ?? unreachable('the connection failed');

/** The same, undefined when nothing in the chain is known to come from the transport. */
export function knownTransportFailure(cause: unknown): TransportFailure | undefined {
  for (const link of chainOf(cause)) {
    const code: unknown = Reflect.get(link, 'code');
    const known = typeof code === 'string' ? (KNOWN[code] ?? byPattern(code)) : undefined;
    if (known) return known;
    // The AWS SDK gives its own connection timeout a name and no code.
    if (Reflect.get(link, 'name') === 'TimeoutError') return unreachable('connecting took too long');
  }
  return undefined;
}

const unreachable = (detail: string): TransportFailure => ({ kind: 'unreachable', detail });
const tls = (detail: string): TransportFailure => ({ kind: 'tls', detail });

const KNOWN: Readonly<Record<string, TransportFailure>> = {
  ECONNREFUSED: unreachable('connection refused'),
  ECONNRESET: unreachable('connection reset'),
  EPIPE: unreachable('connection reset'),
  UND_ERR_SOCKET: unreachable('connection closed'),
  ENOTFOUND: unreachable('its name is not known'),
  EAI_AGAIN: unreachable('its name could not be looked up'),
  EHOSTUNREACH: unreachable('no route to it'),
  ENETUNREACH: unreachable('no network'),
  ETIMEDOUT: unreachable('connecting took too long'),
  UND_ERR_CONNECT_TIMEOUT: unreachable('connecting took too long'),
  UND_ERR_HEADERS_TIMEOUT: { kind: 'deadline', detail: 'no answer in time' },
  UND_ERR_BODY_TIMEOUT: { kind: 'stalled', detail: 'nothing came any more' },
  CERT_HAS_EXPIRED: tls('its certificate has expired'),
  CERT_NOT_YET_VALID: tls('its certificate is not valid yet'),
  CERT_REVOKED: tls('its certificate was revoked'),
  ERR_TLS_CERT_ALTNAME_INVALID: tls('its certificate is for another name'),
  DEPTH_ZERO_SELF_SIGNED_CERT: tls('its certificate is signed by itself, not by a known authority'),
  SELF_SIGNED_CERT_IN_CHAIN: tls('its certificate comes from an authority that is not known here'),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: tls('its certificate comes from an authority that is not known here'),
  UNABLE_TO_GET_ISSUER_CERT: tls('its certificate comes from an authority that is not known here'),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: tls('its certificate comes from an authority that is not known here'),
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: tls('it asks for a client certificate'),
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: tls('it refused the connection; it may ask for a client certificate'),
  ERR_SSL_WRONG_VERSION_NUMBER: tls('it does not speak TLS at this port'),
};

function byPattern(code: string): TransportFailure | undefined {
  if (/^(?:ERR_SSL_|ERR_TLS_|CERT_)|^EPROTO$/.test(code)) return tls('the secure connection failed');
  // llhttp: the peer does not speak HTTP.
  if (/^HPE_/.test(code)) return { kind: 'protocol', detail: 'it does not speak HTTP' };
  return undefined;
}

/** An error and its causes, outermost first; of a group of connection attempts the first one. */
function chainOf(cause: unknown): readonly object[] {
  const chain: object[] = [];
  let current = cause;
  while (chain.length < 8 && typeof current === 'object' && current !== null) {
    chain.push(current);
    current = current instanceof AggregateError ? current.errors[0] : Reflect.get(current, 'cause');
  }
  return chain;
}
