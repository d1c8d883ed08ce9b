import { type Import, imported, lastSegment } from '../import-statement.ts';
import { field, type LanguageTable, parentOf } from '../language.ts';
import { childOfType, namedChildren, type SyntaxNode } from '../tree.ts';

export const csharp: LanguageTable = {
  symbols: {
    namespace_declaration: { kind: 'namespace', members: true },
    class_declaration: { kind: 'class', members: true },
    struct_declaration: { kind: 'class', members: true },
    record_declaration: { kind: 'class', members: true },
    record_struct_declaration: { kind: 'class', members: true },
    interface_declaration: { kind: 'interface', members: true },
    enum_declaration: { kind: 'enum', members: true },
    enum_member_declaration: { kind: 'constant' },
    delegate_declaration: { kind: 'type' },
    method_declaration: { kind: 'method' },
    constructor_declaration: { kind: 'constructor' },
    property_declaration: { kind: 'field', body: (node) => node.childForFieldName('accessors') },
    event_declaration: { kind: 'field', body: (node) => node.childForFieldName('accessors') },
    variable_declarator: {
      kind: 'field',
      name: (node) => field('name')(node) ?? childOfType(node, 'identifier')?.text,
      signature: (node) => parentOf(parentOf(node)),
    },
  },
  wrappers: [
    'file_scoped_namespace_declaration',
    'declaration_list',
    'field_declaration',
    'event_field_declaration',
    'variable_declaration',
    'preproc_if',
    'preproc_else',
    'preproc_elif',
    'preproc_region',
  ],
  blocks: [
    'if_statement',
    'for_statement',
    'foreach_statement',
    'for_each_statement',
    'while_statement',
    'do_statement',
    'try_statement',
    'catch_clause',
    'finally_clause',
    'switch_statement',
    'using_statement',
    'lock_statement',
    'lambda_expression',
    'accessor_declaration',
  ],
  imports: { using_directive: usingDirective },
};

/** `using A.B;`, `using static A.B.C;`, `using C = A.B.C;` */
function usingDirective(node: SyntaxNode): readonly Import[] {
  const path = namedChildren(node)
    .filter((part) => part.type === 'qualified_name' || part.type === 'identifier')
    .at(-1)
    ?.text.replace(/<.*/s, '');
  if (!path) return [];
  const alias = field('name')(node) ?? childOfType(node, 'name_equals')?.text.replace(/\s*=$/, '');
  if (alias && alias !== path) return [imported(node, path, [{ name: lastSegment(path), local: alias }])];
  return [imported(node, path, [{ name: '*', local: '*' }])];
}
