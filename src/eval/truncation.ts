import { readFileSync } from 'node:fs';
import { trim } from '../core/completion/trim.ts';

/**
 * Trims the items of a file and writes what would be shown, one JSON object a line: the input and output of
 * `trunc_score.mjs`. Usage: node truncation.mjs <in.jsonl>
 */
interface Item {
  readonly id: string;
  readonly language: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly raw: string;
}

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: truncation.mjs <in.jsonl>');
for (const line of readFileSync(file, 'utf8').split('\n')) {
  if (line.trim() === '') continue;
  const item: Item = JSON.parse(line);
  const { text } = trim({
    prefix: item.prefix,
    suffix: item.suffix,
    languageId: item.language,
    text: item.raw,
    finished: true,
  });
  process.stdout.write(`${JSON.stringify({ id: item.id, text })}\n`);
}
