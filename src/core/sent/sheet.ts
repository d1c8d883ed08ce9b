import type { RedactedPrompt } from '../prompt/redacted-prompt.ts';
import type { ReplacedFinding } from '../redaction/finding.ts';
import type { RedactedText } from '../redaction/redact.ts';

/** A placeholder on a sheet, in UTF-16 offsets of the sheet's text. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly type: string;
  readonly kind: ReplacedFinding['kind'];
}

/** A read-only page that shows redacted text as it leaves. */
export interface Sheet {
  readonly text: string;
  readonly marks: readonly Mark[];
}

export interface Piece {
  /** Who says it, such as `system` or `user`. */
  readonly title: string;
  readonly text: RedactedText;
}

/** Label and value of one line at the top of a sheet. */
export type Fact = readonly [label: string, value: string];

/** The facts, one a line with their values in one column, then each piece below a ruled title, exactly as it leaves. */
export function sheetOf(facts: readonly Fact[], pieces: readonly Piece[]): Sheet {
  const width = Math.max(0, ...facts.map(([label]) => label.length)) + 2;
  let text = facts.map(([label, value]) => `${label.padEnd(width)}${value}\n`).join('');
  const marks: Mark[] = [];
  for (const piece of pieces) {
    text += `\n${ruled(piece.title)}\n`;
    for (const { start, end, type, kind } of piece.text.findings)
      marks.push({ start: start + text.length, end: end + text.length, type, kind });
    text += `${piece.text.text}\n`;
  }
  return { text, marks };
}

/** Every text of a prompt under the role it is sent as, in the order in which it leaves. */
export function piecesOf({ body }: RedactedPrompt): readonly Piece[] {
  if (body.kind === 'completion') return [{ title: 'prompt', text: body.text }];
  return [
    { title: 'system', text: body.system },
    ...body.messages.map(({ role, content }) => ({ title: role, text: content })),
  ];
}

/** How many placeholders stand for each type, most frequent first: `2 AWSKEY · 1 CPF`; empty when nothing was replaced. */
export function legendOf(marks: readonly Pick<Mark, 'type'>[]): string {
  const counts = new Map<string, number>();
  for (const { type } of marks) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || a.localeCompare(b, 'en'))
    .map(([type, count]) => `${count} ${type}`)
    .join(' · ');
}

const RULE_WIDTH = 72;
const ruled = (title: string): string => `── ${title} ${'─'.repeat(Math.max(3, RULE_WIDTH - title.length - 4))}`;
