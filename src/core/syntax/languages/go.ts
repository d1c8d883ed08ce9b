import { type Import, imported, lastSegment } from '../import-statement.ts';
import { field, type LanguageTable, parentOf, unquoted } from '../language.ts';
import { childOfType, namedChildren, type SyntaxNode } from '../tree.ts';

export const go: LanguageTable = {
  symbols: {
    function_declaration: { kind: 'function' },
    method_declaration: { kind: 'method', container: receiverType },
    type_spec: { kind: typeKind, body: typeBody, members: true, signature: parentOf },
    type_alias: { kind: 'type', signature: parentOf },
    field_declaration: { kind: 'field', name: (node) => field('name')(node) ?? field('type')(node) },
    method_spec: { kind: 'method' },
    method_elem: { kind: 'method' },
    const_spec: { kind: 'constant', signature: declaration },
    var_spec: { kind: 'constant', signature: declaration },
  },
  wrappers: [
    'type_declaration',
    'const_declaration',
    'var_declaration',
    'var_spec_list',
    'field_declaration_list',
    'import_declaration',
    'import_spec_list',
  ],
  blocks: [
    'if_statement',
    'for_statement',
    'expression_switch_statement',
    'type_switch_statement',
    'select_statement',
    'func_literal',
  ],
  imports: { import_spec: importSpec },
};

function receiverType(node: SyntaxNode): string | undefined {
  const receiver = node.childForFieldName('receiver')?.text;
  return receiver && /([A-Za-z_]\w*)\s*(?:\[[^\]]*\])?\s*\)$/.exec(receiver)?.[1];
}

function typeKind(node: SyntaxNode): 'class' | 'interface' | 'type' {
  const type = node.childForFieldName('type')?.type;
  if (type === 'struct_type') return 'class';
  return type === 'interface_type' ? 'interface' : 'type';
}

function typeBody(node: SyntaxNode): SyntaxNode | undefined {
  const type = node.childForFieldName('type');
  if (type?.type === 'struct_type') return childOfType(type, 'field_declaration_list');
  return type?.type === 'interface_type' && namedChildren(type).length > 0 ? type : undefined;
}

/** `const A = 1` with its keyword; a line of `const ( … )` alone. */
function declaration(node: SyntaxNode): SyntaxNode {
  const parent = node.parent;
  return parent && parent.type !== 'var_spec_list' && !parent.children.some((part) => part?.type === '(')
    ? parent
    : node;
}

function importSpec(node: SyntaxNode): readonly Import[] {
  const module = unquoted(field('path')(node));
  return [imported(node, module, [{ name: '*', local: field('name')(node) ?? lastSegment(module) }])];
}
