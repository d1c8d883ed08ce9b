import { type Import, imported, lastSegment } from '../import-statement.ts';
import { type LanguageTable, parentOf } from '../language.ts';
import { childOfType, type SyntaxNode } from '../tree.ts';

export const java: LanguageTable = {
  symbols: {
    class_declaration: { kind: 'class', members: true },
    interface_declaration: { kind: 'interface', members: true },
    annotation_type_declaration: { kind: 'interface', members: true },
    record_declaration: { kind: 'class', members: true },
    enum_declaration: { kind: 'enum', members: true },
    enum_constant: { kind: 'constant', members: true },
    method_declaration: { kind: 'method' },
    constructor_declaration: { kind: 'constructor' },
    annotation_type_element_declaration: { kind: 'method' },
    variable_declarator: { kind: 'field', signature: parentOf },
  },
  wrappers: ['field_declaration', 'constant_declaration', 'enum_body_declarations'],
  blocks: [
    'if_statement',
    'for_statement',
    'enhanced_for_statement',
    'while_statement',
    'do_statement',
    'try_statement',
    'try_with_resources_statement',
    'catch_clause',
    'finally_clause',
    'switch_expression',
    'lambda_expression',
    'static_initializer',
  ],
  imports: { import_declaration: importDeclaration },
};

/** `import a.b.C;`, `import a.b.*;`, `import static a.b.C.member;`: the module is what stands before the last name. */
function importDeclaration(node: SyntaxNode): readonly Import[] {
  const path = childOfType(node, 'scoped_identifier', 'identifier')?.text;
  if (!path) return [];
  if (childOfType(node, 'asterisk')) return [imported(node, path, [{ name: '*', local: '*' }])];
  const name = lastSegment(path);
  return [imported(node, path.slice(0, -name.length - 1), [{ name, local: name }])];
}
