import type { RedactedText } from '../redaction/redact.ts';

/** One piece of a prompt besides the prefix and suffix, with the reason why it is there. */
export interface Section {
  readonly kind: 'imports' | 'outline' | 'window' | 'attachment' | 'diagnostics' | 'history';
  /** Redacted path of the file it comes from. */
  readonly path: RedactedText;
  /** URI of that file, for links in the editor; never sent. */
  readonly uri: string;
  readonly text: RedactedText;
  /** First line, counted from 0, of the text in its file; undefined for outlines. */
  readonly line: number | undefined;
  /** Higher is more useful. Comparable inside one gathering only. */
  readonly score: number;
  /** Why it is there, for "Show Context": `imported by the open file`, `similar to the code at the cursor`. */
  readonly why: string;
}
