import { expect, test } from 'vitest';
import { readDocument } from '../../../src/core/context/indexed-file.ts';
import { resolveImport } from '../../../src/core/context/resolve.ts';
import { createFileStore } from '../../../src/core/context/store.ts';
import { createVocabulary } from '../../../src/core/context/vocabulary.ts';
import { parser, redacted } from './workspace.ts';

interface Case {
  readonly from: string;
  readonly code: string;
  readonly files: readonly string[];
  readonly found: readonly string[];
  /** Text of files, where it matters. */
  readonly texts?: Readonly<Record<string, string>>;
}

const cases: readonly Case[] = [
  { from: 'src/a.ts', code: "import { b } from './b.ts'", files: ['src/b.ts'], found: ['src/b.ts'] },
  { from: 'src/a.ts', code: "import { b } from './b.js'", files: ['src/b.ts'], found: ['src/b.ts'] },
  { from: 'src/x/a.ts', code: "import b from '../b'", files: ['src/b/index.tsx', 'b.ts'], found: ['src/b/index.tsx'] },
  { from: 'src/a.ts', code: "import b from '@/store/b'", files: ['src/store/b.ts'], found: ['src/store/b.ts'] },
  { from: 'a.js', code: "const b = require('./lib/b')", files: ['lib/b.js'], found: ['lib/b.js'] },
  { from: 'a.ts', code: "import b from 'b'", files: ['b.ts'], found: [] },
  { from: 'p/a.py', code: 'from .b import C', files: ['p/b.py', 'b.py'], found: ['p/b.py'] },
  { from: 'p/q/a.py', code: 'from ..b import C', files: ['p/b.py', 'p/q/b.py'], found: ['p/b.py'] },
  { from: 'p/a.py', code: 'from . import b', files: ['p/b.py', 'p/__init__.py'], found: ['p/__init__.py', 'p/b.py'] },
  { from: 'a.py', code: 'import p.q', files: ['src/p/q/__init__.py'], found: ['src/p/q/__init__.py'] },
  {
    from: 'A.java',
    code: 'import x.y.B;',
    files: ['src/main/java/x/y/B.java', 'z/B.java'],
    found: ['src/main/java/x/y/B.java'],
  },
  { from: 'A.java', code: 'import x.y.*;', files: ['src/x/y/B.java', 'src/x/y/z/C.java'], found: ['src/x/y/B.java'] },
  { from: 'A.java', code: 'import static x.y.B.c;', files: ['src/x/y/B.java'], found: ['src/x/y/B.java'] },
  {
    from: 'cmd/a.go',
    code: 'import "example.org/m/store/index"',
    files: ['store/index/a.go', 'store/index/a_test.go', 'other/index/b.go'],
    found: ['store/index/a.go'],
  },
  { from: 'src/a/b.rs', code: 'use crate::c::D;', files: ['src/c.rs', 'src/a/c.rs'], found: ['src/c.rs'] },
  { from: 'src/a.rs', code: 'use super::c;', files: ['src/c/mod.rs'], found: ['src/c/mod.rs'] },
  { from: 'src/a/mod.rs', code: 'mod c;', files: ['src/a/c.rs', 'src/c.rs'], found: ['src/a/c.rs'] },
  {
    from: 'cli/src/a.rs',
    code: 'use the_core::b::C;',
    files: ['the-core/src/b.rs', 'the-core/src/lib.rs'],
    found: ['the-core/src/b.rs'],
  },
  { from: 'src/a.c', code: '#include "b/c.h"', files: ['include/b/c.h', 'src/c.h'], found: ['include/b/c.h'] },
  { from: 'lib/a.rb', code: "require_relative 'b/c'", files: ['lib/b/c.rb'], found: ['lib/b/c.rb'] },
  {
    from: 'a.php',
    code: '<?php use App\\Store\\Item;',
    files: ['src/Store/Item.php', 'src/Other/Item.php'],
    found: ['src/Store/Item.php'],
  },
  { from: 'bin/a.sh', code: 'source ../lib/b.sh', files: ['lib/b.sh'], found: ['lib/b.sh'] },
  {
    from: 'A.cs',
    code: 'using N.M;',
    files: ['x/B.cs', 'x/C.cs'],
    texts: { 'x/B.cs': 'namespace N.M { class B {} }', 'x/C.cs': 'namespace N { class C {} }' },
    found: ['x/B.cs'],
  },
];

test.each(cases)('$from: $code', async ({ from, code, files, found, texts = {} }) => {
  const store = createFileStore();
  const vocabulary = createVocabulary();
  for (const [path, text] of [...files.map((file) => [file, texts[file] ?? ''] as const), [from, code] as const]) {
    const document = redacted(path, text);
    await parser.load(document.languageId);
    const tree = parser.parse(document.languageId, text);
    store.put(readDocument(document, tree, vocabulary));
    tree?.delete();
  }
  const file = store.byUri(`file:///work/${from}`);
  const numbers = file?.imports.flatMap((one) => resolveImport(store, one, file)) ?? [];
  expect([...new Set(numbers)].map((number) => store.file(number)?.path).sort()).toEqual(found);
});
