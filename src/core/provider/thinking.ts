/** A piece of an answer: for the person, or what the model thought on the way. */
export interface Piece {
  readonly type: 'text' | 'reasoning';
  readonly text: string;
}

export interface ThinkingSplitter {
  push(text: string): readonly Piece[];
  /** The server tells thoughts apart from the content, so that none stands in it and nothing need be held back. */
  toldApart(): void;
  /** What is still held back when the answer is over. */
  end(): readonly Piece[];
}

const OPEN = '<think>';
const CLOSE = '</think>';

/**
 * Splits inline thoughts from a chat answer as it streams: `<think>…</think>` at its very beginning. Later ones are the
 * answer's own text, because an answer may well talk about such tags.
 *
 * `opened` is for models whose chat template writes the opening tag into the prompt, as DeepSeek R1's does: then the answer
 * begins inside the thought, and nothing but the closing tag says so. Text is held back until that tag came or the
 * answer ended, because a thought must never be taken for code.
 */
export function createThinkingSplitter({ opened }: { readonly opened: boolean }): ThinkingSplitter {
  let state: 'start' | 'unopened' | 'thought' | 'gap' | 'answer' = 'start';
  let held = '';
  let mayBeOpened = opened;

  const step = (): Piece | undefined | 'wait' => {
    if (state === 'start') {
      const begun = held.trimStart();
      if (OPEN.startsWith(begun)) {
        if (begun !== OPEN) return 'wait';
      } else if (!begun.startsWith(OPEN)) {
        state = mayBeOpened ? 'unopened' : 'answer';
        return undefined;
      }
      held = begun.slice(OPEN.length);
      state = 'thought';
      return undefined;
    }
    if (state === 'unopened' || state === 'thought') {
      const close = held.indexOf(CLOSE);
      if (close < 0) return state === 'thought' ? spill('reasoning', held.length - partialEnd(held, CLOSE)) : 'wait';
      const thought = held.slice(0, close);
      held = held.slice(close + CLOSE.length);
      state = 'gap';
      return { type: 'reasoning', text: thought };
    }
    if (state === 'gap') {
      held = held.trimStart();
      if (held === '') return 'wait';
      state = 'answer';
    }
    return spill('text', held.length);
  };

  const spill = (type: Piece['type'], length: number): Piece | 'wait' => {
    if (length <= 0) return 'wait';
    const piece = { type, text: held.slice(0, length) };
    held = held.slice(length);
    return piece;
  };

  return {
    push(text) {
      held += text;
      const pieces: Piece[] = [];
      for (let piece = step(); piece !== 'wait'; piece = step()) if (piece && piece.text !== '') pieces.push(piece);
      return pieces;
    },
    toldApart() {
      mayBeOpened = false;
    },
    end() {
      const type = state === 'thought' ? 'reasoning' : 'text';
      const text = held;
      held = '';
      return text === '' || state === 'gap' ? [] : [{ type, text }];
    },
  };
}

/** Length of the longest end of `text` that `tag` begins with. */
function partialEnd(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length--)
    if (text.endsWith(tag.slice(0, length))) return length;
  return 0;
}
