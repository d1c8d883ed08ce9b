import * as vscode from 'vscode';
import type { Question } from '../core/gate/question.ts';
import { decide } from '../core/policy/decide.ts';
import type { AllowedModel, Refusal } from '../core/policy/decision.ts';
import { buildRefactorPrompt, classOfPlace, fitsModel, type RefactorPlace } from '../core/prompt/refactor.ts';
import type { StopReason } from '../core/provider/provider.ts';
import type { ProviderError } from '../core/provider/provider-error.ts';
import type { Gate } from './gate.ts';

/** How asking for a refactoring ended. `text` is still redacted. */
export type Asked =
  | { readonly kind: 'answered'; readonly text: string; readonly reason: StopReason; readonly requestId: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'failed'; readonly error: ProviderError; readonly allowed: AllowedModel | undefined }
  | { readonly kind: 'too-large' };

const FALLBACK_SHOWN_MS = 8000;

/** Asks the models that policy allows and whose context the range fits into, and collects the whole answer. */
export async function askFor(place: RefactorPlace, gate: Gate, signal: AbortSignal): Promise<Asked> {
  const dataClass = classOfPlace(place);
  const preferred = roomyModel(place, dataClass, gate);
  if (preferred === 'none') return { kind: 'too-large' };
  const question: Question = {
    task: 'refactor',
    class: dataClass,
    surface: 'code-action',
    promptFor: (allowed) => buildRefactorPrompt(place, allowed.model),
    ...(preferred === undefined ? {} : { preferred }),
  };
  let text = '';
  let allowed: AllowedModel | undefined;
  let requestId = '';
  for await (const event of gate.ask(question, signal)) {
    if (event.type === 'refused') return { kind: 'refused', refusal: event.refusal };
    if (event.type === 'error') return { kind: 'failed', error: event.error, allowed };
    if (event.type === 'end') return { kind: 'answered', text, reason: event.reason, requestId };
    if (event.type === 'text') text += event.text;
    if (event.type === 'routed') {
      allowed = event.request.allowed;
      requestId = event.request.id;
    }
    if (event.type === 'fallback') sayFallback(event.error, event.to);
  }
  return { kind: 'answered', text, reason: 'cut', requestId };
}

/** The first allowed model with room for the range; undefined leaves the choice, and the refusal, to the gate. */
function roomyModel(place: RefactorPlace, dataClass: Question['class'], gate: Gate): string | undefined {
  const state = gate.policy();
  if (!state.ok) return undefined;
  const decision = decide(state.active, { task: 'refactor', class: dataClass, now: Date.now() });
  if (decision.kind === 'refusal') return undefined;
  return decision.models.find(({ model }) => fitsModel(place, model))?.id ?? 'none';
}

function sayFallback(error: ProviderError, to: AllowedModel): void {
  const text = vscode.l10n.t('{0} does not answer; {1} is asked instead.', error.endpointId, to.id);
  vscode.window.setStatusBarMessage(`$(info) ${text}`, FALLBACK_SHOWN_MS);
}
