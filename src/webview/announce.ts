/** Reads a growing answer to a screen reader, sentence by sentence. */
export interface Announcer {
  /** What the answer says so far; only new whole sentences are read. */
  grew(turn: string, prose: string): void;
  /** The answer is whole: what is left of it is read, then `closing`. */
  ended(turn: string, prose: string, closing: string): void;
}

/** Sentences kept in the live region; a screen reader reads what is added and does not go back. */
const KEPT = 20;

export function createAnnouncer(region: HTMLElement): Announcer {
  let current = '';
  let read = 0;
  const say = (text: string): void => {
    if (text.trim() === '') return;
    const sentence = document.createElement('p');
    sentence.textContent = text.trim();
    region.append(sentence);
    while (region.childElementCount > KEPT) region.firstElementChild?.remove();
  };
  const begin = (turn: string): void => {
    if (turn === current) return;
    current = turn;
    read = 0;
  };
  return {
    grew(turn, prose) {
      begin(turn);
      const end = lastSentenceEnd(prose);
      if (end <= read) return;
      say(prose.slice(read, end));
      read = end;
    },
    ended(turn, prose, closing) {
      begin(turn);
      say(prose.slice(read));
      say(closing);
      read = prose.length;
    },
  };
}

/** Offset behind the last sentence that surely ended: a full stop or a line end with something behind it. */
function lastSentenceEnd(text: string): number {
  let end = 0;
  for (const found of text.matchAll(/[.!?。！？…:]["')\]»”]*\s+(?=\S)|\n+(?=\S)/g)) end = found.index + found[0].length;
  return end;
}
