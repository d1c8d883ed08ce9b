import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDocument } from '../../../src/core/context/indexed-file.ts';
import { createFileStore, type FileStore } from '../../../src/core/context/store.ts';
import { createVocabulary, type Vocabulary } from '../../../src/core/context/vocabulary.ts';
import { parser, redacted } from './workspace.ts';

const paths = ['a.ts', 'src/b.ts', 'src/c/d.ts'];
const lines = [
  'export function load() {}',
  "import { load } from './a.ts';",
  'class Store { find() {} }',
  'const total = load();',
];

/** Everything that the store says, with paths for numbers. */
function contents(store: FileStore, vocabulary: Vocabulary): unknown {
  const named = (numbers: readonly number[]): string[] =>
    numbers.map((number) => store.file(number)?.path ?? '?').sort();
  const words = [...Array(vocabulary.size).keys()].sort((a, b) => (vocabulary.word(a) < vocabulary.word(b) ? -1 : 1));
  return {
    count: store.count,
    characters: store.characters,
    holding: words
      .map((word) => [vocabulary.word(word), named(store.holding(word))])
      .filter(([, held]) => held?.length),
    defining: words.map((word) => named(store.defining(word).map(({ file }) => file))).filter((held) => held.length),
    folders: ['', 'src', 'src/c'].map((folder) => [named(store.inFolder(folder)), [...store.foldersNamed(folder)]]),
    stems: ['a', 'b', 'd'].map((stem) => named(store.named(stem))),
    importing: named(store.importing('a')),
    at: paths.map((path) => named([store.at(path) ?? -1])),
  };
}

test('however files came and went, the store is as if those left had been put once', async () => {
  await parser.load('typescript');
  const put = (store: FileStore, vocabulary: Vocabulary, path: string, text: string): void => {
    const tree = parser.parse('typescript', text);
    store.put(readDocument(redacted(path, text), tree, vocabulary));
    tree?.delete();
  };
  const text = fc.array(fc.constantFrom(...lines), { maxLength: 4 }).map((parts) => parts.join('\n'));
  const step = fc.record({ path: fc.constantFrom(...paths), text: fc.option(text, { nil: undefined }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const vocabulary = createVocabulary();
      const store = createFileStore();
      const last = new Map<string, string>();
      for (const { path, text: content } of steps) {
        if (content === undefined) {
          store.remove(`file:///work/${path}`);
          last.delete(path);
        } else {
          put(store, vocabulary, path, content);
          last.set(path, content);
        }
      }
      const fresh = createFileStore();
      for (const [path, content] of last) put(fresh, vocabulary, path, content);
      expect(contents(store, vocabulary)).toEqual(contents(fresh, vocabulary));
    }),
    { numRuns: 50 },
  );
});
