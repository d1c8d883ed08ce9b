import { expect, test } from 'vitest';
import { echoChat, echoCompletion } from './echo-model.ts';

test.each([
  ['<|fim_prefix|>const total = sum(rows);\nconst other = sum(<|fim_suffix|>\n<|fim_middle|>', 'rows);'],
  ['[SUFFIX]\n[PREFIX]const total = sum(rows);\nconst other = sum(', 'rows);'],
  ['<|fim_prefix|>alpha beta gamma\nzz<|fim_suffix|><|fim_middle|>', 'beta'],
  ['', 'echo'],
])('a completion of %s', (prompt, expected) => {
  expect(echoCompletion(prompt)).toBe(expected);
});

test('a chat answer quotes the question and says that there is no model', () => {
  const answer = echoChat('why?\nreally?');
  expect(answer).toContain('> why?\n> really?');
  expect(answer).toContain('no model');
});
