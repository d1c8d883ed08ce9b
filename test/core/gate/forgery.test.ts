import { expect, test } from 'vitest';
import { Admitted } from '../../../src/core/admission/admit.ts';
import { RedactedPrompt } from '../../../src/core/prompt/redacted-prompt.ts';
import { RedactedText } from '../../../src/core/redaction/redact.ts';
import { RoutedRequest } from '../../../src/core/routing/route.ts';

/** Each class of the gate, with the getter through which its content comes out. */
const gate = [
  { made: Admitted, getter: 'snapshot' },
  { made: RedactedText, getter: 'text' },
  { made: RedactedText, getter: 'length' },
  { made: RedactedPrompt, getter: 'body' },
  { made: RedactedPrompt, getter: 'texts' },
  { made: RoutedRequest, getter: 'prompt' },
] as const;

// What a cast can do at compile time stops here at run time: the content lies in a #private field, which only the
// constructor makes. That the compiler lets none of this pass is the business of forgery.types.ts.

test.each(gate)('$made.name.$getter: an object with the prototype alone holds nothing', ({ made, getter }) => {
  const forged = Object.create(made.prototype);
  expect(() => forged[getter]).toThrow(TypeError);
});

test.each(gate)('$made.name.$getter: a plain object under the prototype holds nothing', ({ made, getter }) => {
  const forged = Object.setPrototypeOf({ [`#${getter}`]: 'secret', findings: [], sources: [] }, made.prototype);
  expect(forged).toBeInstanceOf(made);
  expect(() => forged[getter]).toThrow(TypeError);
});

test.each(gate)('$made.name.$getter: the getter borrowed for another object throws', ({ made, getter }) => {
  const get = Object.getOwnPropertyDescriptor(made.prototype, getter)?.get;
  expect(() => get?.call({ [getter]: 'secret' })).toThrow(TypeError);
});

test.each(gate)('$made.name.$getter: a Proxy in front does not pass the #private field on', ({ made, getter }) => {
  const forged = new Proxy(Object.create(made.prototype), {});
  expect(() => forged[getter]).toThrow(TypeError);
});

test.each(gate)('$made.name.$getter: the content cannot be assigned', ({ made, getter }) => {
  const forged = Object.create(made.prototype);
  expect(() => {
    forged[getter] = 'secret';
  }).toThrow(TypeError);
});
