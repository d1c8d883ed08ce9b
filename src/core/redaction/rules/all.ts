import type { Detector, Sweep } from '../engine/detector.ts';
import { aiRules } from './ai/rules.ts';
import { awsRules } from './aws/rules.ts';
import { azureRules } from './azure/rules.ts';
import { chatRules } from './chat/rules.ts';
import { commandRules } from './commands/rules.ts';
import { commerceRules } from './commerce/rules.ts';
import { contextualDetector } from './contextual/detector.ts';
import { keyFileSweep } from './contextual/key-file.ts';
import { databaseRules } from './database/rules.ts';
import { googleRules } from './google/rules.ts';
import { hostingRules } from './hosting/rules.ts';
import { httpRules } from './http/rules.ts';
import { identityRules } from './identity/rules.ts';
import { jwtRules } from './jwt/rules.ts';
import { literalDetector } from './literal.ts';
import { mailgunRun, mailRules } from './mail/rules.ts';
import { monitoringRules } from './monitoring/rules.ts';
import { paymentRules } from './payment/rules.ts';
import { pemRules } from './pem/rules.ts';
import { emailDetector, pixRule } from './personal/email.ts';
import { europeanRules } from './personal/european.ts';
import { cnpjRun, ibanSweep, nieSweep, numberSweep } from './personal/sweeps.ts';
import { randomRun } from './random.ts';
import { registryRules } from './registries/rules.ts';
import { sourceHostRules } from './source-hosts/rules.ts';
import { tableRules } from './tables/rules.ts';
import { urlRules } from './url/rules.ts';

/** Formats with keywords; each has cases beside it. */
export const rules = [
  ...aiRules,
  ...awsRules,
  ...azureRules,
  ...chatRules,
  ...commandRules,
  ...commerceRules,
  ...databaseRules,
  ...europeanRules,
  ...googleRules,
  ...hostingRules,
  ...httpRules,
  ...identityRules,
  ...jwtRules,
  ...mailRules,
  ...monitoringRules,
  ...paymentRules,
  ...pemRules,
  pixRule,
  ...registryRules,
  ...sourceHostRules,
  ...tableRules,
  ...urlRules,
] as const;

export const detectors: readonly Detector[] = [literalDetector, ...rules, contextualDetector, emailDetector];

export const sweeps: readonly Sweep[] = [numberSweep, ibanSweep, nieSweep, keyFileSweep];

/** What is looked for in every run of token characters. */
export const runDetectors = [randomRun, cnpjRun, mailgunRun] as const;
