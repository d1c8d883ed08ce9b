import { expect, it } from 'vitest';
import { isLoopbackUrl } from '../../../src/core/policy/loopback.ts';

const loopback = [
  'http://127.0.0.1:8000/v1',
  'http://127.0.0.1',
  'https://127.255.3.4/v1',
  'http://[::1]:8000/v1',
  'http://localhost:11434/v1',
  'HTTP://LOCALHOST/v1',
];

const elsewhere = [
  'http://127.0.0.1@exfil.example/v1',
  'http://localhost:x@exfil.example/v1',
  'http://user@127.0.0.1/v1',
  'http://127.0.0.1.exfil.example/v1',
  'http://localhost.exfil.example/v1',
  'http://localhost./v1',
  'http://127.0.0.1./v1',
  'http://2130706433/v1',
  'http://0x7f000001/v1',
  'http://0x7f.0.0.1/v1',
  'http://0177.0.0.1/v1',
  'http://127.1/v1',
  'http://127.0.0.1\\@exfil.example/',
  'http:\\\\127.0.0.1/v1',
  'http:127.0.0.1/v1',
  'http://127.0.0.1\t.exfil.example/v1',
  ' http://127.0.0.1/v1',
  'http://１２７.0.0.1/v1',
  'http://ⓛocalhost/v1',
  'http://loc\u00adalhost/v1',
  'http://127。0。0。1/v1',
  'http://%6cocalhost/v1',
  'http://0.0.0.0/v1',
  'http://[::]/v1',
  'http://[::ffff:127.0.0.1]/v1',
  'http://[::ffff:7f00:1]/v1',
  'http://128.0.0.1/v1',
  'http://127.0.0.1:99999/v1',
  'http://127.0.0.1:/v1',
  'ftp://127.0.0.1/',
  'file:///127.0.0.1',
  'javascript://127.0.0.1/%0aalert(1)',
  '127.0.0.1:8000',
  'http://',
  '',
];

it.each(loopback)('%s is this workstation', (url) => expect(isLoopbackUrl(url)).toBe(true));
it.each(elsewhere)('%j is not surely this workstation', (url) => expect(isLoopbackUrl(url)).toBe(false));
