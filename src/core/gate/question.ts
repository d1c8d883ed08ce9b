import type { AllowedModel, Refusal } from '../policy/decision.ts';
import type { DataClass, Task } from '../policy/schema.ts';
import type { RedactedPrompt } from '../prompt/redacted-prompt.ts';
import type { StreamEvent } from '../provider/provider.ts';
import type { ProviderError } from '../provider/provider-error.ts';
import type { RoutedRequest } from '../routing/route.ts';

/** What a feature wants to ask, before policy says whom. */
export interface Question {
  readonly task: Task;
  /** The highest class of everything that will stand in the prompt. */
  readonly class: DataClass;
  /** Where in the editor it comes from, for the audit. */
  readonly surface: 'inline' | 'chat' | 'code-action';
  /** Key in the policy of the model that the person picked. */
  readonly preferred?: string;
  /** Builds the prompt for one model: its template and its budget. Called once for each model that is tried. */
  readonly promptFor: (allowed: AllowedModel) => RedactedPrompt;
}

/**
 * What asking yields. Text is still redacted; `restored` of core/redaction turns it back.
 *
 * Contract: asking never throws. The last event is exactly one of `refused`, `end` and `error`. `routed` comes before
 * any byte leaves. When a further model of the same decision takes over before the first text, `fallback` says why and a
 * second `routed` follows.
 */
export type GateEvent =
  | { readonly type: 'refused'; readonly refusal: Refusal }
  | { readonly type: 'routed'; readonly request: RoutedRequest }
  | { readonly type: 'fallback'; readonly error: ProviderError; readonly to: AllowedModel }
  | StreamEvent;
