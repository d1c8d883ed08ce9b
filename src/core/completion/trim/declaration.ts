import type { Place } from './place.ts';
import { lineIndexAt } from './scan.ts';
import type { Opener } from './state.ts';

const CONTROL =
  /^(?:\}\s*)?(?:if|else|elif|for|foreach|while|do|switch|try|catch|except|finally|with|loop|match|select|case|default|unsafe|lock|using|synchronized|fixed|checked|when|guard|return|throw|yield|await|go|defer)\b/;
const DECLARES =
  /(?:^|\s)(?:class|interface|struct|enum|union|impl|trait|namespace|module|mod|object|record|extension|protocol|fn|func|fun|function\*?|def|constructor)\s/;
/** `name(parameters)` and whatever a language writes between them and the body; or an arrow that a name is given to. */
const TAKES_PARAMETERS = /^(?:[\w@<>[\],.?*&:\s]+\s)?\[?[\w$#~\]]+\s*(?:<[^()]*>)?\s*\(.*\)[^=(]*$/s;
const NAMED_ARROW = /^(?:export\s+)?(?:const|let|var|(?:\w+\s+)*[\w$#]+)\s*[\w$]*\s*=.*=>\s*$/s;

/** Whether a bracket opens the body of something declared, such as a function or a class, rather than a block or an expression inside it. */
export function opensDeclaration(opener: Opener, place: Place): boolean {
  if (opener.kind !== '{' || opener.origin !== 'prefix' || opener.template) return false;
  const header = headerOf(opener, place);
  if (CONTROL.test(header)) return false;
  return DECLARES.test(header) || TAKES_PARAMETERS.test(header) || NAMED_ARROW.test(header);
}

const LONGEST_HEADER = 12;

/** The statement that a bracket belongs to, up to the bracket. It may stand on the lines above. */
function headerOf(opener: Opener, place: Place): string {
  const { text, lines } = place.prefix;
  let index = lineIndexAt(place.prefix, opener.at);
  let header = text.slice(lines[index]?.start ?? 0, opener.at).trim();
  for (let steps = 0; steps < LONGEST_HEADER && (header === '' || /^[)\]]|^(?:where|throws|:)/.test(header)); steps++) {
    index--;
    while (index >= 0 && (lines[index]?.blank || (lines[index]?.indent ?? 0) > opener.indent)) index--;
    const line = lines[index];
    if (!line) break;
    header = text.slice(line.start, opener.at).trim();
  }
  return header.replace(/^\}\s*/, '').trim();
}
