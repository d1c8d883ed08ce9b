import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Loopback } from '../../src/core/policy/builtin.ts';
import type { PolicyState } from '../../src/core/policy/decision.ts';
import { createPolicyFile, machinePolicyPath, type PolicyFile } from '../../src/node/policy-file.ts';
import { sha256 } from '../../src/node/pseudonyms.ts';

const exampleText = readFileSync(new URL('../fixtures/policies/example-cooperative.json', import.meta.url), 'utf8');
const posix = process.platform !== 'win32';
const isRoot = process.getuid?.() === 0;

let folder: string;
let machinePath: string;
let trialPath: string | undefined;
let loopback: Loopback | undefined;
let policyFile: PolicyFile;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-policy-'));
  mkdirSync(join(folder, 'etc'), { mode: 0o755 });
  machinePath = join(folder, 'etc', 'policy.json');
  trialPath = undefined;
  loopback = undefined;
  policyFile = createPolicyFile({
    trialPath: () => trialPath,
    loopback: () => loopback,
    person: 'p',
    machinePath,
    pollMs: 20,
    trust: { owner: process.getuid?.() ?? 0, from: folder },
  });
});

afterEach(() => {
  policyFile.dispose();
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, text: string, mode = 0o644): string {
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

function loaded(): PolicyState {
  policyFile.reload();
  return policyFile.state();
}

function checkRefused(reason: RegExp): void {
  const state = loaded();
  expect(state).toMatchObject({ ok: false, refusal: { code: 'no-policy' } });
  expect(state.ok ? '' : state.refusal.reason).toMatch(reason);
}

const trial = (endpoints: object): string =>
  JSON.stringify({
    organisation: 'trial',
    version: 1,
    issued: '2027-01-01T00:00:00Z',
    endpoints: { here: { kind: 'local', boundary: 'workstation' }, ...endpoints },
    models: { 'n-gram': { endpoint: 'here', tasks: ['completion'] } },
    defaultClass: 'internal',
    routes: [{ task: 'completion', classes: ['internal'], models: ['n-gram'] }],
  });

describe('machine-wide policy', () => {
  it('counts, with the hash of its bytes', () => {
    write(machinePath, exampleText);
    expect(loaded()).toMatchObject({ ok: true, active: { origin: 'machine', hash: sha256(exampleText), person: 'p' } });
  });

  it('goes before every setting', () => {
    write(machinePath, exampleText);
    trialPath = write(join(folder, 'trial.json'), trial({}));
    loopback = { url: 'https://exfil.example', model: 'm' };
    expect(loaded()).toMatchObject({ ok: true, active: { policy: { organisation: 'example-cooperative' } } });
  });

  it('closes the gate when it is not valid, and says what to do', () => {
    write(machinePath, exampleText.replace('"endpoint": "workstation"', '"endpoint": "desk"'));
    checkRefused(
      /^The policy at .*policy\.json is not valid: models\.n-gram\.endpoint names no endpoint of this policy: it may be gpu-sp, bedrock-sp, workstation\. Nothing is sent until it is mended\. Ask platform-team@example\.invalid\.$/,
    );
    write(machinePath, 'oops');
    checkRefused(/is not valid: policy is not JSON.*Ask whoever manages this machine\.$/);
  });

  it('closes the gate when it is too large, no file or a link to nowhere', () => {
    write(machinePath, '');
    truncateSync(machinePath, 1_000_001);
    checkRefused(/is larger than/);
    unlinkSync(machinePath);
    mkdirSync(machinePath);
    checkRefused(/is no regular file/);
    rmSync(machinePath, { recursive: true });
    symlinkSync(join(folder, 'nowhere'), machinePath);
    checkRefused(/cannot be read \(ENOENT\)/);
  });

  it.skipIf(!posix).each([0o664, 0o646, 0o666])('is refused with mode %o', (mode) => {
    write(machinePath, exampleText, mode);
    checkRefused(/is not used: it can be written by its group or by everybody/);
  });

  it.skipIf(!posix)('is refused in a folder that others can write', () => {
    write(machinePath, exampleText);
    chmodSync(join(folder, 'etc'), 0o777);
    checkRefused(/is not used: its folder .*etc can be written/);
  });

  it.skipIf(!posix)('is refused when a link leads to where others can write', () => {
    mkdirSync(join(folder, 'open'));
    write(join(folder, 'open', 'policy.json'), exampleText);
    symlinkSync(join(folder, 'open', 'policy.json'), machinePath);
    expect(loaded().ok).toBe(true);
    chmodSync(join(folder, 'open'), 0o777);
    checkRefused(/its folder .*open can be written/);
  });

  it.skipIf(!posix || !isRoot)('is refused when it belongs to somebody else', () => {
    write(machinePath, exampleText);
    chownSync(machinePath, 65534, 65534);
    checkRefused(/it does not belong to root/);
  });

  it('stands at a fixed place', () => {
    expect(machinePolicyPath('linux')).toBe('/etc/postern/policy.json');
    expect(machinePolicyPath('darwin')).toBe('/Library/Application Support/Postern/policy.json');
    expect(machinePolicyPath('win32')).toBe('C:\\ProgramData\\Postern\\policy.json');
  });
});

describe('trial policy', () => {
  it('counts when all of it stays on this workstation', () => {
    trialPath = write(
      join(folder, 'trial.json'),
      trial({
        near: { kind: 'vllm', url: 'http://127.0.0.1:8000/v1', boundary: 'workstation' },
        cloud: {
          kind: 'bedrock',
          host: '127.0.0.1:8001',
          boundary: 'private-cloud',
          region: 'sa-east-1',
          auth: { profile: 'x' },
        },
      }),
    );
    expect(loaded()).toMatchObject({ ok: true, active: { origin: 'trial' } });
  });

  it('is refused with a collector elsewhere', () => {
    const text = trial({}).replace('{', '{"audit":{"collector":"https://exfil.example"},');
    trialPath = write(join(folder, 'trial.json'), text);
    checkRefused(/names audit\.collector, which is not on this workstation/);
  });

  it.each([
    { kind: 'vllm', url: 'https://exfil.example/v1', boundary: 'on-premises' },
    { kind: 'vllm', url: 'http://127.0.0.1.exfil.example/v1', boundary: 'on-premises' },
    {
      kind: 'bedrock',
      host: 'bedrock.exfil.example',
      boundary: 'private-cloud',
      region: 'sa-east-1',
      auth: { profile: 'x' },
    },
  ])('is refused with %j', (endpoint) => {
    trialPath = write(join(folder, 'trial.json'), trial({ far: endpoint }));
    checkRefused(/names endpoints\.far, which is not on this workstation/);
  });

  it('is not passed over when it is missing or relative', () => {
    trialPath = join(folder, 'missing.json');
    checkRefused(
      /^There is no policy at .*missing\.json, which the setting names\. Nothing is sent until it is mended\.$/,
    );
    trialPath = 'policy.json';
    checkRefused(/must be an absolute path/);
    trialPath = '  ';
    expect(loaded()).toMatchObject({ ok: true, active: { origin: 'built-in' } });
  });
});

describe('built-in policy', () => {
  it('holds where there is nothing else', () =>
    expect(loaded()).toMatchObject({ ok: true, active: { origin: 'built-in' } }));

  it('takes a loopback server, and no other', () => {
    loopback = { url: 'http://127.0.0.1:8000/v1', model: 'm' };
    expect(loaded()).toMatchObject({ ok: true, active: { policy: { models: { loopback: { name: 'm' } } } } });
    loopback = { url: 'https://exfil.example/v1', model: 'm' };
    checkRefused(/^The endpoint setting takes only .* Nothing is sent until it is mended\.$/);
  });
});

describe('watching', () => {
  it('tells a change once', () => {
    let changes = 0;
    const listening = policyFile.onDidChange(() => changes++);
    policyFile.reload();
    expect(changes).toBe(0);
    write(machinePath, exampleText);
    policyFile.reload();
    policyFile.reload();
    expect(changes).toBe(1);
    listening.dispose();
    unlinkSync(machinePath);
    policyFile.reload();
    expect(changes).toBe(1);
  });

  it('notices by itself what comes, changes and goes', async () => {
    const seen = () => {
      const state = policyFile.state();
      return state.ok ? state.active.policy.organisation : 'refused';
    };
    const change = () => new Promise<void>((resolve) => policyFile.onDidChange(resolve));
    for (const [act, expected] of [
      [() => write(machinePath, exampleText), 'example-cooperative'],
      [() => write(machinePath, exampleText.replace('example-cooperative', 'other')), 'other'],
      [() => chmodSync(machinePath, 0o666), 'refused'],
      [() => unlinkSync(machinePath), 'built-in'],
    ] as const) {
      const changed = change();
      act();
      if (expected === 'refused' && !posix) continue;
      await changed;
      expect(seen()).toBe(expected);
    }
  });
});
