import { begins } from '../rule.ts';

export const jwtRules = [
  // https://www.rfc-editor.org/rfc/rfc7519 and rfc7516: a base64url header that begins `{"`, two or four more parts
  begins('jwt/token', 'JWT', ['eyJ', 'ewog', 'ewo'], /[\w-]{8,}(?:={0,2}\.[\w-]{8,}){1,4}(?:\.[\w-]*)?={0,2}/),
];
