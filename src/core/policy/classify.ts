import { alwaysExcluded } from './always-excluded.ts';
import type { Step } from './decision.ts';
import { findingType } from './finding-type.ts';
import { compileGlob, compileRemoteGlob, type Glob, holdsForPath } from './globs.ts';
import { type PathForms, type Place, pathForms } from './path-forms.ts';
import { afterHost, type RemoteName, remoteName, remotePattern } from './remote-name.ts';
import { type ClassRule, type DataClass, dataClasses, type Policy, type Task } from './schema.ts';

/** What a class rule can look at. */
export interface Facts extends Place {
  readonly languageId: string;
  /** URLs of all remotes of its repository, as git writes them; `unknown` when they could not be read. */
  readonly remotes: readonly string[] | 'unknown';
  /** Number of findings by type, in lower case. */
  readonly findings: Readonly<Record<string, number>>;
}

/**
 * The first exclusion that names this document, or undefined. The built-in ones come first and always hold. Names count
 * in any case and in every form the path has, so that another spelling of a path is no way around.
 */
export function excluded(policy: Policy, place: Place): Step | undefined {
  const forms = pathForms(place);
  if (forms.all.length === 0) return undefined;
  const builtIn = builtInExclusions.find(({ glob }) => holdsForPath(glob, forms).loose);
  if (builtIn) return { rule: 'built-in', says: `${builtIn.pattern} is never read, since such files hold credentials` };
  const { exclude } = compiled(policy);
  const at = exclude.findIndex(({ glob }) => holdsForPath(glob, forms).loose);
  return at < 0 ? undefined : { rule: `exclude[${at}]`, says: `${exclude[at]?.pattern} is excluded` };
}

/**
 * The highest class that any rule gives a document; the default class where none speaks.
 *
 * Where it is not certain whether a rule holds (another case of a name, a remote that cannot be read or resolved, only some
 * of several remotes), the document gets the higher of the classes it could have. So doubt raises a class and never
 * lowers it.
 */
export function classify(
  policy: Policy,
  facts: Facts,
  _task: Task,
): { readonly class: DataClass; readonly steps: readonly Step[] } {
  const forms = pathForms(facts);
  const remotes = facts.remotes === 'unknown' ? 'unknown' : facts.remotes.map(remoteName);
  let highest: DataClass | undefined;
  let certain = false;
  const steps: Step[] = [];
  for (const rule of compiled(policy).classes) {
    const holds = evaluate(rule, { facts, forms, remotes });
    if (!holds) continue;
    certain ||= holds.certain;
    highest = higher(highest, rule.class);
    steps.push({ rule: rule.name, says: `${rule.class}: ${holds.because.join('; ') || 'it names every document'}` });
  }
  if (highest === undefined)
    return {
      class: policy.defaultClass,
      steps: [{ rule: 'defaultClass', says: `${policy.defaultClass}: no rule names this document` }],
    };
  if (!certain) {
    highest = higher(highest, policy.defaultClass);
    steps.push({ rule: 'defaultClass', says: `${policy.defaultClass}: no rule holds for certain` });
  }
  return { class: highest, steps };
}

interface Holding {
  readonly certain: boolean;
  readonly because: readonly string[];
}

interface Seen {
  readonly facts: Facts;
  readonly forms: PathForms;
  readonly remotes: readonly RemoteName[] | 'unknown';
}

/** Whether every named condition of a rule holds, or may hold; undefined when one surely does not. */
function evaluate(rule: CompiledRule, seen: Seen): Holding | undefined {
  const conditions = [
    rule.path && holdsPath(rule.path, seen.forms),
    rule.remote && holdsRemote(rule.remote, seen.remotes),
    rule.language && holdsLanguage(rule.language, seen.facts.languageId),
    rule.findings && holdsFindings(rule.findings, rule.atLeast, seen.facts.findings),
  ];
  const because: string[] = [];
  let certain = true;
  for (const [index, condition] of conditions.entries()) {
    if (condition === undefined) {
      if (rule.named[index]) return undefined;
      continue;
    }
    certain &&= condition.certain;
    because.push(condition.because);
  }
  return { certain, because };
}

interface Condition {
  readonly certain: boolean;
  readonly because: string;
}

function holdsPath(patterns: readonly Pattern[], forms: PathForms): Condition | undefined {
  let possible: Condition | undefined;
  for (const { glob, pattern } of patterns) {
    const holds = holdsForPath(glob, forms);
    if (holds.exact) return { certain: true, because: `its path matches ${pattern}` };
    if (holds.loose) possible ??= { certain: false, because: `its path, written another way, matches ${pattern}` };
  }
  return possible;
}

function holdsRemote(patterns: readonly RemotePattern[], remotes: Seen['remotes']): Condition | undefined {
  if (remotes === 'unknown') return { certain: false, because: 'its git remotes could not be read' };
  let possible: Condition | undefined;
  let certain = remotes.length > 0;
  for (const remote of remotes) {
    if (patterns.some(({ glob }) => remote.kind !== 'local' && glob.exactly(remote.name))) continue;
    certain = false;
    possible ??= mayHold(patterns, remote);
  }
  const exact = patterns.find(({ glob }) => remotes.some(({ kind, name }) => kind !== 'local' && glob.exactly(name)));
  if (exact) return { certain, because: `${certain ? 'its' : 'one'} git remote matches ${exact.pattern}` };
  return possible;
}

function mayHold(patterns: readonly RemotePattern[], remote: RemoteName): Condition | undefined {
  if (remote.kind === 'local')
    return { certain: false, because: 'its git remote is a path on this machine, so its origin is not known' };
  const near = patterns.find(
    ({ glob, anyHost }) =>
      glob.loosely(remote.name) || (remote.kind === 'alias' && anyHost.loosely(afterHost(remote.name))),
  );
  return near && { certain: false, because: `its git remote may be one of ${near.pattern}` };
}

function holdsLanguage(languages: readonly string[], languageId: string): Condition | undefined {
  if (languages.includes(languageId)) return { certain: true, because: `its language is ${languageId}` };
  const near = languages.find((language) => language.toLowerCase() === languageId.toLowerCase());
  return near === undefined ? undefined : { certain: false, because: `its language may be ${near}` };
}

function holdsFindings(wanted: WantedFindings, atLeast: number, findings: Facts['findings']): Condition | undefined {
  let count = 0;
  for (const [type, found] of Object.entries(findings)) if (wanted.types.has(findingType(type))) count += found;
  if (count < atLeast) return undefined;
  return { certain: true, because: `${count} of ${wanted.names.join(', ')} were found in it (at least ${atLeast})` };
}

const higher = (a: DataClass | undefined, b: DataClass): DataClass =>
  a !== undefined && dataClasses.indexOf(a) > dataClasses.indexOf(b) ? a : b;

interface Pattern {
  readonly pattern: string;
  readonly glob: Glob;
}

interface RemotePattern extends Pattern {
  /** The part after the host, for remotes whose host is an alias. */
  readonly anyHost: Glob;
}

interface WantedFindings {
  /** As the policy writes them, in lower case. */
  readonly names: readonly string[];
  readonly types: ReadonlySet<string>;
}

interface CompiledRule {
  readonly name: string;
  readonly class: DataClass;
  readonly path: readonly Pattern[] | undefined;
  readonly remote: readonly RemotePattern[] | undefined;
  readonly language: readonly string[] | undefined;
  readonly findings: WantedFindings | undefined;
  readonly atLeast: number;
  /** Which of path, remote, language and findings the rule names. */
  readonly named: readonly boolean[];
}

interface Compiled {
  readonly exclude: readonly Pattern[];
  readonly classes: readonly CompiledRule[];
}

const pathPattern = (pattern: string): Pattern => ({ pattern, glob: compileGlob(pattern) });

const builtInExclusions = alwaysExcluded.map(pathPattern);

const byPolicy = new WeakMap<Policy, Compiled>();

function compiled(policy: Policy): Compiled {
  let known = byPolicy.get(policy);
  if (!known) {
    known = { exclude: policy.exclude.map(pathPattern), classes: policy.classes.map(compileRule) };
    byPolicy.set(policy, known);
  }
  return known;
}

function compileRule({ class: dataClass, when }: ClassRule, index: number): CompiledRule {
  return {
    name: `classes[${index}]`,
    class: dataClass,
    path: when.path?.map(pathPattern),
    remote: when.remote?.map(remotePatternOf),
    language: when.language,
    findings: when.findings && {
      names: when.findings.map((name) => name.toLowerCase()),
      types: new Set(when.findings.map(findingType)),
    },
    atLeast: when.atLeast ?? 1,
    named: [when.path, when.remote, when.language, when.findings].map((condition) => condition !== undefined),
  };
}

function remotePatternOf(pattern: string): RemotePattern {
  const normal = remotePattern(pattern);
  return { pattern, glob: compileRemoteGlob(normal), anyHost: compileRemoteGlob(afterHost(normal)) };
}
