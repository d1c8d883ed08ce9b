import type * as vscode from 'vscode';
import type { ErrorKind } from '../core/provider/provider-error.ts';
import type { Gate } from './gate.ts';
import { showProviderError } from './refactor-trouble.ts';

/** What passes by itself is said by the status item alone. */
const PASSING: ReadonlySet<ErrorKind> = new Set([
  'warming',
  'rate-limited',
  'deadline',
  'stalled',
  'server',
  'guardrail',
]);
const ONCE_IN_MS = 3_600_000;

/** Tells the person why completions fail: each cause once an hour. Chat and refactoring tell their failures in place. */
export function registerCompletionTrouble(gate: Gate, now: () => number): vscode.Disposable {
  const told = new Map<string, number>();
  return gate.onDidEnd(({ question, request, end }) => {
    if (question.task !== 'completion' || end.kind !== 'failed' || PASSING.has(end.error.kind)) return;
    const cause = `${end.error.endpointId} ${end.error.kind}`;
    if (now() - (told.get(cause) ?? Number.NEGATIVE_INFINITY) < ONCE_IN_MS) return;
    told.set(cause, now());
    const localServes = request?.decision.models.some(({ endpoint }) => endpoint.kind === 'local') ?? false;
    void showProviderError(end.error, request?.allowed.endpoint, localServes);
  });
}
