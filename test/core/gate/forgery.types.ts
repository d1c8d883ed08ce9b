/**
 * Nothing here runs: the compiler is the test (`npm run typecheck`). Each `@ts-expect-error` says that the line below it
 * must not compile, and is itself an error as soon as it does. forgery.test.ts covers what the compiler cannot see.
 */
import { Admitted } from '../../../src/core/admission/admit.ts';
import type { Decision } from '../../../src/core/policy/decision.ts';
import { RedactedPrompt } from '../../../src/core/prompt/redacted-prompt.ts';
import type { Provider } from '../../../src/core/provider/provider.ts';
import { compose, join, RedactedText, redact } from '../../../src/core/redaction/redact.ts';
import { RoutedRequest, route } from '../../../src/core/routing/route.ts';

/** A value of any type that the constructors could want. */
declare const fields: never;
declare const admitted: Admitted;
declare const text: RedactedText;
declare const prompt: RedactedPrompt;
declare const routed: RoutedRequest;
declare const decision: Decision;
declare const provider: Provider;
declare const signal: AbortSignal;

export function byConstructor(): unknown[] {
  return [
    // @ts-expect-error private constructor
    new Admitted(fields),
    // @ts-expect-error private constructor
    new RedactedText(fields),
    // @ts-expect-error private constructor
    new RedactedPrompt(fields),
    // @ts-expect-error private constructor
    new RoutedRequest(fields),
  ];
}

export function bySubclass(): unknown[] {
  return [
    // @ts-expect-error private constructor
    class extends Admitted {},
    // @ts-expect-error private constructor
    class extends RedactedText {},
    // @ts-expect-error private constructor
    class extends RedactedPrompt {},
    // @ts-expect-error private constructor
    class extends RoutedRequest {},
  ];
}

/** Literals with every public member; what they lack is the `#private` field, which no literal can have. */
export function byLiteral(): unknown[] {
  const { snapshot, class: dataClass, provenance, active, steps } = admitted;
  const { findings, sources, length, slice, neutralised } = text;
  const { body, sections, stop, maxTokens, temperature, texts } = prompt;
  const { id, task, allowed } = routed;
  // @ts-expect-error no #snapshot
  const a: Admitted = { snapshot, class: dataClass, provenance, active, steps };
  // @ts-expect-error no #text
  const b: RedactedText = { text: 'secret', findings, sources, length, slice, neutralised };
  // @ts-expect-error no #body
  const c: RedactedPrompt = { body, sections, stop, maxTokens, temperature, class: dataClass, texts };
  // @ts-expect-error no #prompt
  const d: RoutedRequest = { id, task, decision, allowed, prompt };
  return [a, b, c, d];
}

/** A copy with one member changed loses the `#private` field. */
export function bySpread(): unknown[] {
  // @ts-expect-error no #snapshot
  const a: Admitted = { ...admitted, class: 'public' };
  // @ts-expect-error no #text
  const b: RedactedText = { ...text, sources: [] };
  // @ts-expect-error no #body
  const c: RedactedPrompt = { ...prompt, class: 'public' };
  // @ts-expect-error no #prompt
  const d: RoutedRequest = { ...routed, decision };
  return [a, b, c, d];
}

export function byChange(): void {
  const { body } = prompt;
  const { allowed } = routed;
  // @ts-expect-error read-only
  text.text = 'secret';
  // @ts-expect-error read-only
  text.sources = [];
  // @ts-expect-error read-only
  prompt.class = 'public';
  // @ts-expect-error read-only
  prompt.body = body;
  // @ts-expect-error read-only
  routed.allowed = allowed;
  // @ts-expect-error read-only
  routed.prompt = prompt;
  // @ts-expect-error read-only
  admitted.class = 'public';
}

/** Each stage takes only what the one before it made. */
export function bySkippingStages(words: string): unknown[] {
  return [
    // @ts-expect-error a snapshot is not yet admitted
    redact(admitted.snapshot, fields),
    // @ts-expect-error text of a document is not yet redacted
    compose`File: ${admitted.snapshot.text}`,
    // @ts-expect-error the literal parts cannot come from a variable
    compose([words], text),
    // @ts-expect-error a bare string is not redacted
    join([words], '\n'),
    // @ts-expect-error no text enters through the separator
    join([text], words),
    // @ts-expect-error the body of a prompt is not a prompt
    route(prompt.body, decision, routed.allowed, 'id'),
  ];
}

export function byAskingAProvider(words: string): unknown[] {
  return [
    provider.stream(routed, signal),
    // @ts-expect-error a prompt is not yet routed
    provider.stream(prompt, signal),
    // @ts-expect-error text is not a request
    provider.stream(text, signal),
    // @ts-expect-error a string is not a request
    provider.stream(words, signal),
    // @ts-expect-error a refusal may come out of `route`, and has to be dealt with first
    provider.stream(route(prompt, decision, routed.allowed, 'id'), signal),
  ];
}
