import { type Import, imported } from '../import-statement.ts';
import { field, type LanguageTable, parentOf, type SymbolRule, unquoted } from '../language.ts';
import { childOfType, namedChildren, type SyntaxNode } from '../tree.ts';

/** A type without a body is a use of it, not its declaration. */
const declaredType = (kind: 'class' | 'enum'): SymbolRule => ({
  kind: (node) => (node.childForFieldName('body') ? kind : undefined),
  members: true,
});

const declared: SymbolRule = {
  kind: (node) => (functionDeclarator(node) ? 'function' : node.type === 'field_declaration' ? 'field' : 'constant'),
  name: (node) => lastName(declaredName(node)),
  body: (node) => node.childForFieldName('body'),
  container: (node) => qualifier(declaredName(node)),
};

export const c: LanguageTable = {
  symbols: {
    function_definition: declared,
    declaration: declared,
    field_declaration: {
      ...declared,
      // `struct { … } a;` and a nested type are read through their specifier.
      kind: (node) => (functionDeclarator(node) ? 'function' : 'field'),
    },
    struct_specifier: declaredType('class'),
    union_specifier: declaredType('class'),
    enum_specifier: declaredType('enum'),
    enumerator: { kind: 'constant' },
    type_definition: {
      kind: (node) => (hasMembers(node) ? 'class' : 'type'),
      name: (node) => node.childForFieldName('declarator')?.text.replace(/^\W+|\W.*$/gs, ''),
      body: (node) => node.childForFieldName('type')?.childForFieldName('body'),
      members: true,
    },
    preproc_def: { kind: 'macro' },
    preproc_function_def: { kind: 'macro', body: (node) => node.childForFieldName('value') },
  },
  wrappers: [
    'linkage_specification',
    'declaration_list',
    'preproc_if',
    'preproc_ifdef',
    'preproc_else',
    'preproc_elif',
    'template_declaration',
  ],
  blocks: ['if_statement', 'else_clause', 'for_statement', 'while_statement', 'do_statement', 'switch_statement'],
  imports: { preproc_include: include },
};

export const cpp: LanguageTable = {
  ...c,
  symbols: {
    ...c.symbols,
    class_specifier: declaredType('class'),
    namespace_definition: { kind: 'namespace', members: true },
    alias_declaration: { kind: 'type' },
    concept_definition: { kind: 'type' },
    optional_parameter_declaration: { kind: () => undefined },
  },
  blocks: [...c.blocks, 'for_range_loop', 'try_statement', 'catch_clause', 'lambda_expression'],
  imports: { ...c.imports, using_declaration: using },
};

const hasMembers = (node: SyntaxNode): boolean =>
  node.childForFieldName('type')?.childForFieldName('body') != null &&
  childOfType(parentOf(namedChildren(node)[0] ?? node), 'enum_specifier') === undefined;

/** Declarators nest: `*(*name[3])(int)`. The name is the innermost. */
function declaredName(node: SyntaxNode): SyntaxNode | undefined {
  let at = node.childForFieldName('declarator');
  for (;;) {
    const inner: SyntaxNode | null | undefined =
      at?.childForFieldName('declarator') ??
      (at?.type === 'reference_declarator' || at?.type === 'parenthesized_declarator' ? at.namedChildren[0] : null);
    if (!inner) return at ?? undefined;
    at = inner;
  }
}

function functionDeclarator(node: SyntaxNode): boolean {
  for (let at = node.childForFieldName('declarator'); at; at = at.childForFieldName('declarator') ?? null) {
    // `int (*name)(int)` is a variable that holds a function.
    if (at.type === 'function_declarator')
      return at.childForFieldName('declarator')?.type !== 'parenthesized_declarator';
    if (at.type === 'reference_declarator') return childOfType(at, 'function_declarator') !== undefined;
  }
  return false;
}

const lastName = (node: SyntaxNode | undefined): string | undefined => {
  let at = node;
  while (at?.type === 'qualified_identifier') at = at.childForFieldName('name') ?? undefined;
  return at?.text;
};

const qualifier = (node: SyntaxNode | undefined): string | undefined =>
  node?.type === 'qualified_identifier' ? node.text.replace(/::[^:]*$/, '').replaceAll('::', '.') : undefined;

function include(node: SyntaxNode): readonly Import[] {
  const path = unquoted(field('path')(node)).trim();
  return path ? [imported(node, path, [{ name: '*', local: '*' }])] : [];
}

/** `using namespace a::b;` and `using a::b;` */
function using(node: SyntaxNode): readonly Import[] {
  const path = childOfType(node, 'qualified_identifier', 'identifier', 'namespace_identifier')?.text;
  return path ? [imported(node, path, [{ name: '*', local: path.split('::').at(-1) ?? path }])] : [];
}
