import { type Import, imported } from '../import-statement.ts';
import { field, type LanguageTable, unquoted } from '../language.ts';
import { namedChildren, type SyntaxNode } from '../tree.ts';

export const shellscript: LanguageTable = {
  symbols: {
    function_definition: { kind: 'function' },
    variable_assignment: { kind: 'constant' },
  },
  wrappers: ['declaration_command'],
  blocks: [
    'if_statement',
    'elif_clause',
    'else_clause',
    'for_statement',
    'c_style_for_statement',
    'while_statement',
    'case_statement',
    'case_item',
    'subshell',
  ],
  imports: { command: sourced },
};

/** `source ./file` and `. ./file`. */
function sourced(node: SyntaxNode): readonly Import[] {
  const name = field('name')(node);
  if (name !== 'source' && name !== '.') return [];
  const path = namedChildren(node)[1]?.text;
  return path ? [imported(node, unquoted(`"${path.replace(/^["']|["']$/g, '')}"`), [{ name: '*', local: '*' }])] : [];
}
