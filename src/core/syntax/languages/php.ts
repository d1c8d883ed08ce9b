import { type Import, imported, lastSegment } from '../import-statement.ts';
import { field, type LanguageTable, parentOf, unquoted } from '../language.ts';
import { childOfType, namedChildren, type SyntaxNode } from '../tree.ts';

export const php: LanguageTable = {
  symbols: {
    namespace_definition: {
      kind: (node) => (node.childForFieldName('body') ? 'namespace' : undefined),
      members: true,
    },
    class_declaration: { kind: 'class', members: true },
    trait_declaration: { kind: 'class', members: true },
    interface_declaration: { kind: 'interface', members: true },
    enum_declaration: { kind: 'enum', members: true },
    enum_case: { kind: 'constant' },
    function_definition: { kind: 'function' },
    method_declaration: { kind: (node) => (field('name')(node) === '__construct' ? 'constructor' : 'method') },
    property_element: {
      kind: 'field',
      name: (node) => childOfType(node, 'variable_name')?.text.slice(1),
      signature: parentOf,
    },
    const_element: { kind: 'constant', name: (node) => childOfType(node, 'name')?.text, signature: parentOf },
  },
  wrappers: ['property_declaration', 'const_declaration', 'declaration_list', 'expression_statement'],
  blocks: [
    'if_statement',
    'else_clause',
    'else_if_clause',
    'for_statement',
    'foreach_statement',
    'while_statement',
    'do_statement',
    'try_statement',
    'catch_clause',
    'switch_statement',
    'anonymous_function_creation_expression',
  ],
  imports: {
    namespace_use_declaration: useDeclaration,
    require_once_expression: required,
    require_expression: required,
    include_expression: required,
    include_once_expression: required,
  },
};

/** `use A\B\C;`, `use A\B\C as D;`, `use A\{B, C};` */
function useDeclaration(node: SyntaxNode): readonly Import[] {
  const group = childOfType(node, 'namespace_use_group');
  const prefix = group ? (childOfType(node, 'namespace_name')?.text ?? '') : '';
  return namedChildren(group ?? node).flatMap((clause) => {
    if (!clause.type.startsWith('namespace_use')) return [];
    const path = childOfType(clause, 'qualified_name', 'name', 'namespace_name')?.text ?? '';
    const whole = prefix ? `${prefix}\\${path}` : path;
    const name = lastSegment(whole);
    const alias = childOfType(clause, 'namespace_aliasing_clause');
    const local = (alias && childOfType(alias, 'name')?.text) ?? name;
    return [imported(node, whole.slice(0, Math.max(0, whole.length - name.length - 1)), [{ name, local }])];
  });
}

function required(node: SyntaxNode): readonly Import[] {
  const literal = /["']([^"']+)["']/.exec(node.text)?.[0];
  return literal ? [imported(node, unquoted(literal), [{ name: '*', local: '*' }])] : [];
}
