/** Values that must never leave, put together at run time so that no scanner takes this file for a leak. */
export const planted = {
  awsKeyId: ['AKIA', 'Q3EGR7KZ', '5TXW2MNB'].join(''),
  awsSecret: ['k9Qz7Lw2', 'Xv4TbN8r', 'Pd1Ys6Jm', 'Hc3Ge5Ua', 'Fo0Ii7Rt'].join(''),
  /** Valid check digits. */
  cpf: ['529.982', '247-25'].join('.'),
} as const;

/** TypeScript that holds them, as code does. */
export const plantedSource = `import { createClient } from './client';

const accessKeyId = '${planted.awsKeyId}';
const secretAccessKey = '${planted.awsSecret}';
const owner = { name: 'account owner', cpf: '${planted.cpf}' };

export function connect(region: string) {
  const client = createClient({ region, accessKeyId, secretAccessKey });
  return client.as(owner);
}

`;
