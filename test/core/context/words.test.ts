import { expect, test } from 'vitest';
import { partsOf, visitWords } from '../../../src/core/context/words.ts';

const words: readonly (readonly [languageId: string, text: string, found: string])[] = [
  ['typescript', 'const total = items.length; // the count', '0:total 0:items 0:length'],
  ['typescript', 'a1("text", `multi\nline`, other)\nlast', '0:a1 1:other 2:last'],
  ['typescript', '/* over\nlines */ $name', '1:$name'],
  ['typescript', '"open string\nnext', '1:next'],
  ['python', 'def f(size):\n  """doc\nwords"""\n  # note\n  largest', '0:f 0:size 4:largest'],
  ['rust', "fn get<'a>(x: &'a Node) -> Leaf { 'x' }", '0:get 0:a 0:x 0:a 0:Node 0:Leaf'],
  ['shellscript', 'run $NAME # said', '0:run 0:$NAME'],
  ['go', 'größe := Δt', '0:größe 0:Δt'],
];

test.each(words)('identifiers of %s: %s', (languageId, text, found) => {
  const seen: string[] = [];
  visitWords(text, languageId, (start, end, line) => seen.push(`${line}:${text.slice(start, end)}`));
  expect(seen.join(' ')).toBe(found);
});

test.each([
  ['readConfigFiles', 'read config fil'],
  ['HTTP_SERVER', 'http serv'],
  ['parser', 'pars'],
  ['parsing', 'pars'],
  ['XMLHttpRequest', 'xml http request'],
  ['a1', ''],
])('parts of %s', (word, parts) => {
  expect(partsOf(word).join(' ')).toBe(parts);
});
