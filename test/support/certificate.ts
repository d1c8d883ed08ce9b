import { createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';

/** A certificate and its key, as PEM. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateWish {
  /** Common name, and for servers the DNS name or IPv4 address that they answer to. */
  readonly name: string;
  /** Who signs it; itself when undefined. */
  readonly issuer?: Authority;
  /** Whether it may sign others. */
  readonly authority?: boolean;
  /** Days from now until it expires; negative for one that has expired. */
  readonly days?: number;
}

export interface Authority extends Identity {
  readonly name: string;
  readonly privateKey: KeyObject;
}

/**
 * Makes an X.509 certificate (RFC 5280) with a fresh P-256 key, so that no key stands in the repository and any fault of a
 * certificate can be had.
 */
export function certificate(wish: CertificateWish): Authority {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = wish.issuer ?? { name: wish.name, privateKey };
  const end = Date.now() + (wish.days ?? 30) * 86_400_000;
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([0x40]), randomBytes(15)])),
    ECDSA_WITH_SHA256,
    distinguished(issuer.name),
    sequence(time(Math.min(Date.now(), end) - 86_400_000), time(end)),
    distinguished(wish.name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(basicConstraints(wish.authority ?? false), subjectAltName(wish.name))),
  );
  const signature = createSign('SHA256').update(body).sign(issuer.privateKey);
  const der = sequence(body, ECDSA_WITH_SHA256, tagged(0x03, Buffer.from([0]), signature));
  return {
    name: wish.name,
    privateKey,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem('CERTIFICATE', der),
  };
}

const pem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${der.toString('base64').replace(/.{64}(?!$)/g, '$&\n')}\n-----END ${label}-----\n`;

function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, ...parts);
const integer = (bytes: Buffer): Buffer => tagged(0x02, bytes);
const objectId = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'));

const ECDSA_WITH_SHA256 = sequence(objectId('2a8648ce3d040302'));

const distinguished = (name: string): Buffer =>
  sequence(tagged(0x31, sequence(objectId('550403'), tagged(0x0c, Buffer.from(name)))));

const time = (at: number): Buffer =>
  tagged(0x18, Buffer.from(new Date(at).toISOString().replace(/[-:T]|\.\d{3}/g, '')));

const basicConstraints = (authority: boolean): Buffer => {
  const value = sequence(...(authority ? [tagged(0x01, Buffer.from([0xff]))] : []));
  return sequence(objectId('551d13'), tagged(0x01, Buffer.from([0xff])), tagged(0x04, value));
};

function subjectAltName(name: string): Buffer {
  const address = /^\d+\.\d+\.\d+\.\d+$/.test(name);
  const value = address ? tagged(0x87, Buffer.from(name.split('.').map(Number))) : tagged(0x82, Buffer.from(name));
  return sequence(objectId('551d11'), tagged(0x04, sequence(value)));
}
