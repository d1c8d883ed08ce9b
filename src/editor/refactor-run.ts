import * as vscode from 'vscode';
import type { RefactorPlace } from '../core/prompt/refactor.ts';
import { restore } from '../core/redaction/restore.ts';
import { fileFrom, replacementFrom, withLineEnds } from '../core/refactor/answer.ts';
import { diffHunks } from '../core/refactor/hunks.ts';
import type { Gate } from './gate.ts';
import {
  type ApplyRims,
  applicableHunks,
  confirmControlFile,
  type EditTarget,
  editTargetOf,
} from './refactor-apply.ts';
import { type Asked, askFor } from './refactor-ask.ts';
import { placeOf, type ReadJob, type RefactorJob, readJob } from './refactor-place.ts';
import type { RefactorProgress } from './refactor-progress.ts';
import type { Reviews } from './refactor-reviews.ts';
import { type TestTarget, testTarget, testUriFor, withTestsAdded } from './refactor-tests.ts';
import { showAnswerProblem, showGuardrail, showProviderError, showRefusal, showTooLarge } from './refactor-trouble.ts';
import type { VirtualTexts } from './virtual-texts.ts';

/** What running a refactoring works with. */
export interface Workbench {
  readonly gate: Gate;
  readonly reviews: Reviews;
  readonly progress: RefactorProgress;
  readonly texts: VirtualTexts;
  readonly rims: ApplyRims;
}

type Answered = Extract<Asked, { readonly kind: 'answered' }>;

/** One refactoring from the person's wish to the open review. Tells the person whatever keeps it from getting there. */
export async function runRefactor(job: RefactorJob, bench: Workbench): Promise<void> {
  const again = await attempt(job, bench);
  if (again) await runRefactor(job, bench);
}

/** Resolves to true when the person wants another attempt. */
async function attempt(job: RefactorJob, bench: Workbench): Promise<boolean> {
  const { document } = job.editor;
  const uri = job.action.answer === 'tests' ? testUriFor(document.uri) : document.uri;
  if (!uri) return say(vscode.l10n.t('Postern does not know where tests for this file belong.'));
  const target = await editTargetOf(uri, bench.rims);
  if (!target.ok) return say(target.reason);
  const read = await readJob(job, bench.gate);
  if ('kind' in read) return showRefusal(read);
  const tests = job.action.answer === 'tests' ? await testTarget(uri, bench.gate, read.vault) : undefined;
  if (tests && 'kind' in tests) return showRefusal(tests);
  const { start, end } = read.range.original;
  const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  const asked = await bench.progress.during(job.editor, range, async (signal) => {
    const place: RefactorPlace = await placeOf(job, read, { gate: bench.gate, own: tests?.sections ?? [] }, signal);
    return askFor(place, bench.gate, signal);
  });
  if (asked.kind === 'refused') return showRefusal(asked.refusal);
  if (asked.kind === 'too-large') return showTooLarge();
  if (asked.kind === 'failed') return showProviderError(asked.error, asked.allowed?.endpoint);
  if (asked.reason === 'aborted') return false;
  if (asked.reason === 'guardrail') return showGuardrail(asked.text);
  if (tests) return proposeTests(asked, { read, tests, target }, bench);
  return proposeReplacement(asked, { read, document, target }, bench);
}

async function proposeReplacement(
  answered: Answered,
  {
    read,
    document,
    target,
  }: { readonly read: ReadJob; readonly document: vscode.TextDocument; readonly target: Target },
  bench: Workbench,
): Promise<boolean> {
  const { start, end } = read.range.redacted;
  const found = replacementFrom(answered.text, read.document.text.slice(start, end).text, answered.reason);
  if (!found.ok) return showAnswerProblem(found.problem);
  const uri = document.uri.toString();
  const restored = withLineEnds(restore(found.text, read.vault, { uri }), eolOf(read.text));
  const proposed = read.text.slice(0, read.range.original.start) + restored + read.text.slice(read.range.original.end);
  return propose({ document, original: read.text, proposed, requestId: answered.requestId }, target, bench);
}

async function proposeTests(
  answered: Answered,
  { read, tests, target }: { readonly read: ReadJob; readonly tests: TestTarget; readonly target: Target },
  bench: Workbench,
): Promise<boolean> {
  const found = fileFrom(answered.text, answered.reason);
  if (!found.ok) return showAnswerProblem(found.problem);
  const text = withLineEnds(restore(found.text, read.vault, { uri: tests.uri.toString() }), eolOf(read.text));
  if (tests.existing) {
    const original = tests.existing.getText();
    await vscode.window.showTextDocument(tests.existing, { viewColumn: vscode.ViewColumn.Beside, preview: false });
    const proposed = withTestsAdded(original, withLineEnds(text, eolOf(original)));
    return propose({ document: tests.existing, original, proposed, requestId: answered.requestId }, target, bench);
  }
  if (!(await confirmControlFile(tests.uri, target.control, { original: '', proposed: text }, bench.texts)))
    return false;
  const created = await bench.reviews.proposeFile(tests.uri, text, answered.requestId);
  return created ? false : say(notTaken());
}

type Target = Extract<EditTarget, { readonly ok: true }>;

interface Proposed {
  readonly document: vscode.TextDocument;
  /** The document's text when the question was asked, and what it would have become. */
  readonly original: string;
  readonly proposed: string;
  readonly requestId: string;
}

async function propose(
  { document, original, proposed, requestId }: Proposed,
  target: Target,
  bench: Workbench,
): Promise<boolean> {
  const hunks = diffHunks(original, proposed);
  if (hunks.length === 0) return showAnswerProblem('unchanged');
  if (!(await confirmControlFile(document.uri, target.control, { original, proposed }, bench.texts)))
    return rejected(bench, requestId);
  const fits = await applicableHunks(document, hunks, { text: original, texts: bench.texts });
  if (!fits || fits.length === 0) return rejected(bench, requestId);
  // looked at again, because a link may have been put in the file's place while the model was at work
  const still = await editTargetOf(document.uri, bench.rims);
  if (!still.ok) return say(still.reason);
  const taken = await bench.reviews.propose(document, fits, requestId);
  return taken ? false : say(notTaken());
}

function rejected({ gate }: Workbench, requestId: string): false {
  gate.noteAction(requestId, 'rejected');
  return false;
}

async function say(text: string): Promise<false> {
  await vscode.window.showWarningMessage(text);
  return false;
}

const notTaken = (): string => vscode.l10n.t('The editor did not take the change. Nothing was changed.');

const eolOf = (text: string): '\n' | '\r\n' => (text.includes('\r\n') ? '\r\n' : '\n');
