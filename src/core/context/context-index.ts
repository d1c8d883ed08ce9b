import type { Span } from '../document/snapshot.ts';
import type { RedactedDocument } from '../redaction/redact.ts';
import type { Parser } from '../syntax/tree.ts';
import { estimate } from './estimate.ts';
import { createEvidence } from './evidence.ts';
import { type IndexedFile, readDocument } from './indexed-file.ts';
import type { ContextMemory, Spot } from './memory.ts';
import { pack } from './pack.ts';
import { createRelations } from './relations.ts';
import { renderSection } from './render.ts';
import type { Section } from './section.ts';
import { sectionOf } from './sections.ts';
import { type Index, situationAt } from './situation.ts';
import { createFileStore } from './store.ts';
import { unitsOf } from './units.ts';
import { createVocabulary } from './vocabulary.ts';

export interface ContextRequest {
  /** The open document as it is now. */
  readonly document: RedactedDocument;
  /** Cursor in the redacted text; undefined for a question about the whole document. */
  readonly offset: number | undefined;
  /** URIs of the open tabs, the latest used first. */
  readonly open: readonly string[];
  /** Ranges of the redacted document that were edited lately, the latest first. */
  readonly edits?: readonly Span[];
  /** Words of a question, redacted. */
  readonly words?: string;
  /** Characters that the sections may have when they are rendered. */
  readonly budget: number;
  /** Holds the sections while the cursor stays in its block. */
  readonly memory?: ContextMemory;
}

/** What is known of the workspace: redacted documents only. */
export interface ContextIndex {
  /**
   * Takes a document or its newer text in; an older version than the one there is ignored, so `remove` it when an
   * editor closes without saving. Its language's grammar must be loaded, or its symbols and imports are missed.
   * False when the index is full or the document too long.
   */
  update(document: RedactedDocument): boolean;
  remove(uri: string): void;
  /** What a prompt should hold besides the open document, the most useful first. Takes the document in when it is new. */
  query(request: ContextRequest): readonly Section[];
  readonly size: { readonly files: number; readonly characters: number };
}

/** Longer files are data or generated. */
const MAX_FILE = 400_000;
const MAX_FILES = 30_000;
const MAX_CHARACTERS = 200_000_000;

export function createContextIndex({ parser }: { readonly parser: Parser }): ContextIndex {
  const vocabulary = createVocabulary();
  const store = createFileStore();
  const relations = createRelations(store);
  const index: Index = { store, vocabulary, relations, gatherEvidence: createEvidence(vocabulary) };

  const update = (document: RedactedDocument): boolean => {
    const known = store.byUri(document.uri);
    if (known && known.document.version > document.version) return true;
    const full = !known && (store.count >= MAX_FILES || store.characters + document.text.length > MAX_CHARACTERS);
    if (full || document.text.length > MAX_FILE) {
      store.remove(document.uri);
      return false;
    }
    const tree = parser.parse(document.languageId, document.text.text);
    store.put(readDocument(document, tree, vocabulary));
    tree?.delete();
    return true;
  };

  return {
    update,
    remove: (uri) => store.remove(uri),
    query(request) {
      const { document, memory } = request;
      // Its imports and symbols may be of a version some keystrokes older: they change rarely.
      const open = store.byUri(document.uri) ?? (update(document) ? store.byUri(document.uri) : undefined);
      if (!open) return [];
      if (!memory) return choose(request, open, index);
      const spot = spotOf(request, open);
      const kept = memory.recall(spot);
      if (kept?.every((section) => store.byUri(section.uri))) return kept;
      const sections = choose(request, open, index);
      memory.keep(spot, sections);
      return sections;
    },
    get size() {
      return { files: store.count, characters: store.characters };
    },
  };
}

function choose(request: ContextRequest, open: IndexedFile, index: Index): readonly Section[] {
  const { document, offset, edits = [], words = '', budget } = request;
  const situation = situationAt({ document, open, offset, edited: edits, words, tabs: request.open }, index);
  const estimated = estimate(situation, new Set(open.definitions.map(({ word }) => word)));
  const extracts = pack(unitsOf(estimated, situation, budget), budget);
  return fitting(
    extracts.map((extract) => sectionOf(extract, situation)),
    budget,
  );
}

/** Packing counts with estimates; a section that does not fit after all is left out. */
function fitting(sections: readonly Section[], budget: number): readonly Section[] {
  let left = budget;
  return sections.filter((section) => {
    const cost = renderSection(section).length + 1;
    if (cost > left) return false;
    left -= cost;
    return true;
  });
}

function spotOf({ document, offset = 0, budget }: ContextRequest, open: IndexedFile): Spot {
  // What was typed since the document was indexed was most likely typed here: ends of what is around moved by it.
  const typed = document.text.length - open.document.text.length;
  const around = open.definitions.filter(({ symbol: { span } }) => span.start < offset && offset <= span.end + typed);
  const block = around.map(({ symbol }) => symbol.name).join(' ');
  return { uri: document.uri, block, line: lineAt(document.text.text, offset), budget };
}

function lineAt(text: string, offset: number): number {
  let line = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
