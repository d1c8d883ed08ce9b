import { type Import, imported, lastSegment } from '../import-statement.ts';
import { field, type LanguageTable } from '../language.ts';
import { namedChildren, type SyntaxNode } from '../tree.ts';

export const rust: LanguageTable = {
  symbols: {
    function_item: { kind: 'function' },
    function_signature_item: { kind: 'function' },
    struct_item: { kind: 'class', members: true },
    union_item: { kind: 'class', members: true },
    enum_item: { kind: 'enum', members: true },
    enum_variant: { kind: 'constant' },
    field_declaration: { kind: 'field' },
    trait_item: { kind: 'interface', members: true },
    // An implementation stands under the name of the type that it is of, so that its methods do.
    impl_item: { kind: 'class', name: (node) => field('type')(node)?.replace(/<.*/s, ''), members: true },
    mod_item: {
      kind: (node) => (node.childForFieldName('body') ? 'namespace' : undefined),
      members: true,
    },
    const_item: { kind: 'constant' },
    static_item: { kind: 'constant' },
    type_item: { kind: 'type' },
    associated_type: { kind: 'type' },
    macro_definition: { kind: 'macro' },
  },
  wrappers: ['foreign_mod_item', 'declaration_list'],
  blocks: [
    'if_expression',
    'else_clause',
    'match_expression',
    'match_arm',
    'for_expression',
    'while_expression',
    'loop_expression',
    'closure_expression',
    'unsafe_block',
    'async_block',
  ],
  imports: { use_declaration: useDeclaration, mod_item: moduleDeclaration },
};

function useDeclaration(node: SyntaxNode): readonly Import[] {
  const argument = node.childForFieldName('argument');
  return argument ? usePaths(node, argument, '') : [];
}

/** Flattens `a::{b, c::{d as e}, f::*}`. */
function usePaths(whole: SyntaxNode, node: SyntaxNode, prefix: string): readonly Import[] {
  const within = (path: string | undefined): string => [prefix, path].filter(Boolean).join('::');
  switch (node.type) {
    case 'scoped_use_list': {
      const list = node.childForFieldName('list');
      return list ? usePaths(whole, list, within(field('path')(node))) : [];
    }
    case 'use_list':
      return namedChildren(node).flatMap((part) => usePaths(whole, part, prefix));
    case 'use_wildcard':
      return [imported(whole, within(namedChildren(node)[0]?.text), [{ name: '*', local: '*' }])];
    case 'use_as_clause': {
      const path = within(field('path')(node));
      return [usedName(whole, path, field('alias')(node) ?? lastSegment(path))];
    }
    default: {
      const path = within(node.text === 'self' && prefix !== '' ? '' : node.text);
      return [usedName(whole, path, lastSegment(path))];
    }
  }
}

function usedName(whole: SyntaxNode, path: string, local: string): Import {
  const name = lastSegment(path);
  return imported(whole, path.slice(0, Math.max(0, path.length - name.length - 2)), [{ name, local }]);
}

/** `mod name;` is the file `name.rs`. */
function moduleDeclaration(node: SyntaxNode): readonly Import[] {
  const name = field('name')(node);
  return name && !node.childForFieldName('body') ? [imported(node, `self::${name}`, [{ name: '*', local: name }])] : [];
}
