import { languageOfPath } from '../document/language-of-path.ts';
import { compose, type RedactedText } from '../redaction/redact.ts';
import type { Section } from './section.ts';

const hash: ReadonlySet<string> = new Set(['python', 'ruby', 'shellscript', 'yaml', 'dockerfile', 'makefile']);

/** A section as it stands in a prompt that knows no files: its path in a comment of its language, then its text. */
export function renderSection(section: Section): RedactedText {
  const comment = hash.has(languageOfPath(section.path.text) ?? '') ? compose`# ` : compose`// `;
  return compose`${comment}${section.path}\n${section.text}`;
}
