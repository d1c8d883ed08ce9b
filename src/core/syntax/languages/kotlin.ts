import { type Import, imported, lastSegment } from '../import-statement.ts';
import { child, type LanguageTable } from '../language.ts';
import { childOfType, type SyntaxNode } from '../tree.ts';

const classBody = (node: SyntaxNode): SyntaxNode | undefined => childOfType(node, 'class_body', 'enum_class_body');

/** This grammar has no fields: parts are found by their types. */
export const kotlin: LanguageTable = {
  symbols: {
    class_declaration: { kind: classKind, name: child('type_identifier'), body: classBody, members: true },
    object_declaration: { kind: 'class', name: child('type_identifier'), body: classBody, members: true },
    companion_object: {
      kind: 'class',
      name: (node) => childOfType(node, 'type_identifier')?.text ?? 'Companion',
      body: classBody,
      members: true,
    },
    function_declaration: {
      kind: 'function',
      name: child('simple_identifier'),
      body: (node) => childOfType(node, 'function_body'),
    },
    secondary_constructor: {
      kind: 'constructor',
      name: () => 'constructor',
      body: (node) => childOfType(node, 'statements'),
    },
    property_declaration: {
      kind: 'field',
      name: (node) => {
        const variable = childOfType(node, 'variable_declaration');
        return variable && child('simple_identifier')(variable);
      },
      body: (node) => childOfType(node, 'getter', 'setter'),
    },
    enum_entry: { kind: 'constant', name: child('simple_identifier') },
    type_alias: { kind: 'type', name: child('type_identifier') },
  },
  wrappers: ['import_list'],
  blocks: [
    'if_expression',
    'when_expression',
    'for_statement',
    'while_statement',
    'do_while_statement',
    'try_expression',
    'lambda_literal',
  ],
  imports: { import_header: importHeader },
};

function classKind(node: SyntaxNode): 'class' | 'interface' | 'enum' {
  for (const part of node.children) {
    if (part?.type === 'interface') return 'interface';
    if (part?.type === 'enum' || part?.type === 'enum_class_body') return 'enum';
    if (part?.type === 'class_body') break;
  }
  return 'class';
}

function importHeader(node: SyntaxNode): readonly Import[] {
  const path = childOfType(node, 'identifier')?.text;
  if (!path) return [];
  if (childOfType(node, 'wildcard_import')) return [imported(node, path, [{ name: '*', local: '*' }])];
  const name = lastSegment(path);
  const alias = childOfType(node, 'import_alias');
  const local = (alias && child('type_identifier', 'simple_identifier')(alias)) ?? name;
  return [imported(node, path.slice(0, Math.max(0, path.length - name.length - 1)), [{ name, local }])];
}
