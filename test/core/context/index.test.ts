import { beforeAll, expect, test } from 'vitest';
import { type ContextIndex, createContextIndex } from '../../../src/core/context/context-index.ts';
import { createContextMemory } from '../../../src/core/context/memory.ts';
import { renderSection } from '../../../src/core/context/render.ts';
import type { Section } from '../../../src/core/context/section.ts';
import { parser, redacted, withCursor } from './workspace.ts';

beforeAll(async () => {
  for (const languageId of ['typescript', 'python']) await parser.load(languageId);
}, 60_000);

/** Files that say something of their own, so that words differ in how rare they are. */
const others: Readonly<Record<string, string>> = {
  'src/store.ts': `import { Item } from './item.ts';

export class Store {
  readonly items = new Map<string, Item>();

  findByName(name: string): Item | undefined {
    return this.items.get(name);
  }
}
`,
  'src/item.ts': 'export interface Item {\n  readonly name: string;\n  readonly price: number;\n}\n',
  'src/window.ts': 'export function openWindow(width: number): void {\n  console.log(width);\n}\n',
  'tools/paint.py': 'def paint(colour):\n    return colour\n',
};

const open = withCursor(`import { Store } from './store.ts';

export function cheapest(store: Store, name: string): number {
  const found = store.¦
}
`);

function workspace(files: Readonly<Record<string, string>> = others): ContextIndex {
  const index = createContextIndex({ parser });
  for (const [path, text] of Object.entries(files)) index.update(redacted(path, text));
  return index;
}

const ask = (index: ContextIndex, text = open.text, offset = open.offset, budget = 2_000): readonly Section[] =>
  index.query({ document: redacted('src/cheapest.ts', text, { version: 9 }), offset, open: [], budget });

const rendered = (sections: readonly Section[]): string =>
  sections.map((section) => renderSection(section).text).join('\n');

test('an imported type shows the signature of its method under its own, and says why', () => {
  const [first] = ask(workspace());
  expect(first?.path.text).toBe('src/store.ts');
  expect(first?.why).toBe('imported by the open file');
  expect(rendered(first ? [first] : [])).toMatch(
    /^\/\/ src\/store\.ts\n(?:.*\n)*.*findByName\(name: string\): Item \| undefined/,
  );
});

test('a section has its path in a comment of its language', () => {
  const index = workspace({
    'tools/paint.py': others['tools/paint.py'] ?? '',
    'tools/brush.py': 'import paint\n\npaint\n',
  });
  const sections = index.query({
    document: redacted('tools/brush.py', 'import paint\n\npaint\n'),
    offset: 14,
    open: [],
    budget: 500,
  });
  expect(rendered(sections)).toMatch(/^# tools\/paint\.py\n/);
});

test.each([
  ['the copy on disk of the same path under another uri', 'vscode-remote://host/src/cheapest.ts'],
  ['an older version under its own uri', 'file:///work/src/cheapest.ts'],
])('%s is never shown', (_, uri) => {
  const index = workspace();
  const answer = open.text.replace('store.\n', 'store.findByName(name)?.secretAnswer;\n');
  index.update(redacted('src/cheapest.ts', answer, { uri, version: 1 }));
  expect(rendered(ask(index))).not.toContain('secretAnswer');
});

test('an older version does not replace a newer one, until that is removed', () => {
  const index = workspace();
  index.update(redacted('src/item.ts', 'export interface Item extends Newest {}', { version: 7 }));
  index.update(redacted('src/item.ts', 'export interface Item extends Stale {}', { version: 3 }));
  expect(rendered(ask(index))).toContain('Newest');
  expect(rendered(ask(index))).not.toContain('Stale');
  index.remove('file:///work/src/item.ts');
  index.update(redacted('src/item.ts', 'export interface Item extends Stale {}', { version: 3 }));
  expect(rendered(ask(index))).toContain('Stale');
});

test('a removed file is not shown any more, remembered sections included', () => {
  const index = workspace();
  const memory = createContextMemory();
  const document = redacted('src/cheapest.ts', open.text);
  const query = { document, offset: open.offset, open: [], budget: 2_000, memory };
  expect(rendered(index.query(query))).toContain('src/store.ts');
  index.remove('file:///work/src/store.ts');
  expect(rendered(index.query(query))).not.toContain('src/store.ts');
});

test('what a finding stands for is not shown', () => {
  const key = `AKIA${'QYLPMN5HFIQR7XYA'}`;
  const index = workspace({
    ...others,
    'src/store.ts': `export class Store {\n  findByName(name: string) {\n    return connect("${key}", name);\n  }\n}\n`,
  });
  const shown = rendered(ask(index));
  expect(shown).toContain('findByName');
  expect(shown).not.toContain(key);
});

test.each([200, 400, 1_000])('rendered sections fit in %i characters', (budget) => {
  const many = Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [`src/more${at}.ts`, `${others['src/store.ts']}\n${others['src/item.ts']}`]),
  );
  const shown = rendered(ask(workspace({ ...others, ...many }), open.text, open.offset, budget));
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.length).toBeLessThanOrEqual(budget);
});

test('the same state gives the same bytes, in whatever order the other files came', () => {
  const backwards = Object.fromEntries(Object.entries(others).reverse());
  expect(rendered(ask(workspace()))).toBe(rendered(ask(workspace())));
  expect(ask(workspace(backwards)).map((section) => section.uri)).toEqual(
    ask(workspace()).map((section) => section.uri),
  );
});

test('with a memory, sections stay while the cursor is in its block', () => {
  const index = workspace();
  const memory = createContextMemory();
  const { text, offset } = withCursor(open.text.replace('= store.', '= store.items;¦'));
  const at = (current: string, place: number): readonly Section[] =>
    index.query({ document: redacted('src/cheapest.ts', current), offset: place, open: [], budget: 2_000, memory });
  const first = at(text, offset);
  expect(at(`${text.slice(0, offset)}\n  findB${text.slice(offset)}`, offset + 8)).toBe(first);
  expect(at(text, 0)).not.toBe(first);
});

test('a question finds what it names without a cursor', () => {
  const index = workspace();
  const document = redacted('src/cheapest.ts', 'export {};\n');
  const sections = index.query({
    document,
    offset: undefined,
    open: [],
    words: 'Where does openWindow come from?',
    budget: 600,
  });
  expect(sections[0]?.path.text).toBe('src/window.ts');
});

test('a document that is too long is not taken, and leaves the index', () => {
  const index = workspace();
  const { files } = index.size;
  expect(index.update(redacted('src/item.ts', '// long\n'.repeat(60_000), { version: 2 }))).toBe(false);
  expect(index.size.files).toBe(files - 1);
});
