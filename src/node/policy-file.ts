import { posix, win32 } from 'node:path';
import { builtinPolicy, type Loopback, withLoopback } from '../core/policy/builtin.ts';
import type { ActivePolicy, PolicyState, Refusal } from '../core/policy/decision.ts';
import { isLoopbackUrl, isOnWorkstation } from '../core/policy/loopback.ts';
import { parsePolicy } from '../core/policy/parse.ts';
import type { Policy } from '../core/policy/schema.ts';
import { type GuardedFile, readGuarded, type Trust } from './guarded-file.ts';
import { sha256 } from './pseudonyms.ts';

/** The policy in force, kept up to date with the files and settings that it comes from. */
export interface PolicyFile {
  /** Never stale by more than POLL_MS, and at once after `reload`. */
  state(): PolicyState;
  /** Calls back after the state changed. */
  onDidChange(listener: () => void): { dispose(): void };
  /** Reads everything again, such as after a setting changed. */
  reload(): void;
  dispose(): void;
}

export interface PolicyFileOptions {
  /** Path of a trial policy, from the person's own settings; never from a workspace. */
  readonly trialPath: () => string | undefined;
  /** A server on this workstation, from the person's own settings. Counts only with the built-in policy. */
  readonly loopback: () => Loopback | undefined;
  /** Pseudonym of the person, for rings. */
  readonly person?: string;
  /** For tests: another place of the machine-wide policy, whom to trust there, and how often to look, in milliseconds. */
  readonly machinePath?: string;
  readonly trust?: Trust;
  readonly pollMs?: number;
}

/** Reading one or two small files in this time is all that watching costs. */
const POLL_MS = 5000;

/**
 * Where the organisation puts its policy. Fixed paths: an environment variable such as ProgramData can be set by the terminal
 * that the editor was started from. On Windows the installer must take write access from ordinary users, since the
 * folder above grants it; elsewhere `readGuarded` checks.
 */
export function machinePolicyPath(platform: NodeJS.Platform): string {
  if (platform === 'win32') return win32.join('C:\\ProgramData', 'Postern', 'policy.json');
  if (platform === 'darwin') return '/Library/Application Support/Postern/policy.json';
  return '/etc/postern/policy.json';
}

/**
 * The machine-wide policy if there is one; else the trial policy that the person named; else the built-in one, with the
 * loopback server that the person named. A source that is there but cannot be used is never passed over: nothing is sent.
 */
export function createPolicyFile(options: PolicyFileOptions): PolicyFile {
  const machinePath = options.machinePath ?? machinePolicyPath(process.platform);
  const listeners = new Set<() => void>();
  let state = load(machinePath, options);

  const reload = (): void => {
    const next = load(machinePath, options);
    if (sameState(state, next)) return;
    state = next;
    for (const listener of [...listeners]) listener();
  };

  // Not fs.watchFile: its first look comes later than `load`, and what changes in between it never tells.
  const watching = setInterval(reload, options.pollMs ?? POLL_MS);
  watching.unref();
  return {
    state: () => state,
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
    reload,
    dispose() {
      clearInterval(watching);
      listeners.clear();
    },
  };
}

function load(machinePath: string, options: PolicyFileOptions): PolicyState {
  const machine = readGuarded(machinePath, options.trust ?? ROOT);
  if (machine.kind !== 'absent') return fromFile(machinePath, machine, { origin: 'machine', person: options.person });
  const trialPath = trialPathOf(options);
  if (trialPath !== undefined) {
    if (!posix.isAbsolute(trialPath) && !win32.isAbsolute(trialPath))
      return refused(`The setting for the trial policy must be an absolute path, and ${trialPath} is none.`);
    const trial = readGuarded(trialPath, 'anyone');
    if (trial.kind === 'absent') return refused(`There is no policy at ${trialPath}, which the setting names.`);
    return fromFile(trialPath, trial, { origin: 'trial', person: options.person });
  }
  return builtIn(options.loopback());
}

const ROOT: Trust = { owner: 0, from: '/' };

/** A relative path would depend on where the editor was started, so on the workspace. */
function trialPathOf({ trialPath }: PolicyFileOptions): string | undefined {
  const path = trialPath()?.trim();
  return path === undefined || path === '' ? undefined : path;
}

function fromFile(
  path: string,
  file: Exclude<GuardedFile, { kind: 'absent' }>,
  { origin, person }: { readonly origin: 'machine' | 'trial'; readonly person: string | undefined },
): PolicyState {
  if (file.kind === 'refused') return refused(`The policy at ${path} is not used: ${file.why}.`, { ask: MANAGER });
  // Seam: here a detached Ed25519 signature over `file.bytes` will be checked, and the version against the last one seen.
  const parsed = parsePolicy(file.bytes.toString('utf8'));
  if (!parsed.ok) {
    const [first, ...more] = parsed.problems;
    const count = more.length > 0 ? ` (and ${more.length} more)` : '';
    return refused(`The policy at ${path} is not valid: ${first?.path} ${first?.message}${count}.`, {
      ask: parsed.contact ?? MANAGER,
      steps: parsed.problems.map(({ path: rule, message }) => ({ rule, says: message })),
    });
  }
  const outside = origin === 'trial' ? wayOut(parsed.policy) : undefined;
  if (outside !== undefined)
    return refused(
      `The trial policy at ${path} names ${outside}, which is not on this workstation; only a machine-wide policy may.`,
    );
  return active({ policy: parsed.policy, origin, hash: sha256(file.bytes) }, person);
}

const MANAGER = 'whoever manages this machine';

/** The first thing in a policy through which something could leave this workstation. */
function wayOut({ endpoints, audit }: Policy): string | undefined {
  const outside = Object.entries(endpoints).find(([, endpoint]) => !isOnWorkstation(endpoint));
  if (outside) return `endpoints.${outside[0]}`;
  return audit?.collector === undefined || isLoopbackUrl(audit.collector) ? undefined : 'audit.collector';
}

function builtIn(loopback: Loopback | undefined): PolicyState {
  const made = loopback ? withLoopback(builtinPolicy, loopback) : { ok: true as const, policy: builtinPolicy };
  if (!made.ok) return refused(made.problem);
  return active({ policy: made.policy, origin: 'built-in', hash: sha256(JSON.stringify(made.policy)) }, undefined);
}

const active = (found: Omit<ActivePolicy, 'person'>, person: string | undefined): PolicyState => ({
  ok: true,
  active: person === undefined ? found : { ...found, person },
});

function refused(
  problem: string,
  { ask, steps }: { readonly ask?: string; readonly steps?: Refusal['steps'] } = {},
): PolicyState {
  return {
    ok: false,
    refusal: {
      kind: 'refusal',
      code: 'no-policy',
      reason: `${problem} Nothing is sent until it is mended.${ask === undefined ? '' : ` Ask ${ask}.`}`,
      steps: steps ?? [{ rule: 'policy', says: problem }],
    },
  };
}

function sameState(a: PolicyState, b: PolicyState): boolean {
  if (a.ok && b.ok) return a.active.hash === b.active.hash && a.active.origin === b.active.origin;
  return !a.ok && !b.ok && a.refusal.reason === b.refusal.reason;
}
