import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TrialPolicyOptions {
  /** Base URL of a vLLM server, with `/v1`. */
  readonly vllm?: string;
  /** `host:port` of a Bedrock server. */
  readonly bedrock?: string;
  /** Keys of the policy document to add or replace. */
  readonly more?: Readonly<Record<string, unknown>>;
}

export interface TrialPolicy {
  readonly path: string;
  /** User settings that put it in force. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly write: (options: TrialPolicyOptions) => void;
  /** Writes any bytes in its place. */
  readonly writeText: (text: string) => void;
  readonly remove: () => void;
}

/**
 * A policy that a person tries: loopback endpoints only. Internal code goes to vLLM; repositories under
 * `git.example/payments` are confidential and go to Bedrock; `hsm/` is restricted and `secrets/` excluded.
 */
export function writeTrialPolicy(options: TrialPolicyOptions): TrialPolicy {
  const folder = mkdtempSync(join(tmpdir(), 'postern-policy-'));
  const path = join(folder, 'postern-policy.json');
  const writeText = (text: string) => writeFileSync(path, text);
  const write = (wanted: TrialPolicyOptions) => writeText(JSON.stringify(trialPolicy(wanted), null, 2));
  write(options);
  return {
    path,
    settings: { 'postern.trialPolicy': path },
    write,
    writeText,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function trialPolicy({ vllm, bedrock, more }: TrialPolicyOptions): Record<string, unknown> {
  const gpu = vllm ? { 'gpu-test': { kind: 'vllm', url: vllm, boundary: 'on-premises' } } : {};
  const cloud = bedrock
    ? {
        'bedrock-test': {
          kind: 'bedrock',
          host: bedrock,
          boundary: 'private-cloud',
          region: 'sa-east-1',
          auth: { profile: 'default', method: 'environment' },
        },
      }
    : {};
  return {
    organisation: 'example',
    version: 1,
    issued: '2026-01-01T00:00:00Z',
    endpoints: { ...gpu, ...cloud, workstation: { kind: 'local', boundary: 'workstation' } },
    models: {
      ...(vllm
        ? {
            'qwen-coder': {
              endpoint: 'gpu-test',
              name: 'Qwen/Qwen2.5-Coder-7B',
              fim: 'qwen',
              context: 16384,
              tasks: ['completion'],
            },
            llama: { endpoint: 'gpu-test', name: 'Qwen/Qwen2.5-Coder-7B', context: 16384, tasks: ['chat', 'refactor'] },
          }
        : {}),
      ...(bedrock
        ? {
            claude: {
              endpoint: 'bedrock-test',
              name: 'anthropic.claude-sonnet-4-5-20250929-v1:0',
              context: 100_000,
              tasks: ['chat', 'refactor'],
            },
          }
        : {}),
      'n-gram': { endpoint: 'workstation', tasks: ['completion', 'chat'] },
    },
    classes: [
      { class: 'restricted', when: { path: ['**/hsm/**'] } },
      { class: 'confidential', when: { remote: ['git.example/payments/**'] } },
    ],
    defaultClass: 'internal',
    routes: [
      { task: 'completion', classes: ['public', 'internal'], models: [...(vllm ? ['qwen-coder'] : []), 'n-gram'] },
      { task: 'chat', classes: ['public', 'internal'], models: [...(vllm ? ['llama'] : []), 'n-gram'] },
      ...(bedrock ? [{ task: 'chat', classes: ['confidential'], models: ['claude'] }] : []),
      ...(vllm ? [{ task: 'refactor', classes: ['public', 'internal'], models: ['llama'] }] : []),
    ],
    exclude: ['**/secrets/**'],
    ...more,
  };
}
