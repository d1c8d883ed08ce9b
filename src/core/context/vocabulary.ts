import { partsOf } from './words.ts';

/** Numbers for identifiers and for their parts, so that everything else works on typed arrays. */
export interface Vocabulary {
  /** The number of a word, given to it now when it has none. */
  add(word: string): number;
  /** The number of a word that some indexed file holds or held. */
  find(word: string): number | undefined;
  word(id: number): string;
  /** Numbers of the parts of a word. */
  parts(id: number): readonly number[];
  findPart(part: string): number | undefined;
  readonly size: number;
  readonly partCount: number;
}

export function createVocabulary(): Vocabulary {
  const ids = new Map<string, number>();
  const words: string[] = [];
  const partIds = new Map<string, number>();
  const partsByWord: (readonly number[])[] = [];
  const addPart = (part: string): number => {
    const id = partIds.get(part) ?? partIds.size;
    partIds.set(part, id);
    return id;
  };
  return {
    add(word) {
      const known = ids.get(word);
      if (known !== undefined) return known;
      // A copy: a slice would keep the whole text of its file alive.
      const own = copyOf(word);
      const id = words.push(own) - 1;
      ids.set(own, id);
      partsByWord.push([...new Set(partsOf(own).map(addPart))]);
      return id;
    },
    find: (word) => ids.get(word),
    word: (id) => words[id] ?? '',
    parts: (id) => partsByWord[id] ?? [],
    findPart: (part) => partIds.get(part),
    get size() {
      return words.length;
    },
    get partCount() {
      return partIds.size;
    },
  };
}

const copyOf = (word: string): string => word.split('').join('');
