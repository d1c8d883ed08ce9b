import { type Import, imported, lastSegment } from '../import-statement.ts';
import { field, type LanguageTable } from '../language.ts';
import { namedChildren, type SyntaxNode } from '../tree.ts';

export const python: LanguageTable = {
  symbols: {
    class_definition: { kind: 'class', members: true },
    function_definition: { kind: (node) => (field('name')(node) === '__init__' ? 'constructor' : 'function') },
    assignment: {
      kind: 'constant',
      name: (node) => (node.childForFieldName('left')?.type === 'identifier' ? field('left')(node) : undefined),
    },
  },
  wrappers: [
    'decorated_definition',
    'expression_statement',
    'if_statement',
    'else_clause',
    'elif_clause',
    'try_statement',
    'except_clause',
    'block',
  ],
  blocks: [
    'if_statement',
    'elif_clause',
    'else_clause',
    'for_statement',
    'while_statement',
    'with_statement',
    'try_statement',
    'except_clause',
    'finally_clause',
    'match_statement',
    'case_clause',
    'lambda',
  ],
  imports: { import_statement: plainImport, import_from_statement: fromImport },
  indented: true,
};

/** `import a.b, c as d` binds the first segment of a path, or the alias. */
function plainImport(node: SyntaxNode): readonly Import[] {
  return namedChildren(node).flatMap((part) => {
    const module = part.type === 'aliased_import' ? field('name')(part) : part.text;
    if (!module) return [];
    const local = field('alias')(part) ?? module.split('.')[0] ?? module;
    return [imported(node, module, [{ name: '*', local }])];
  });
}

function fromImport(node: SyntaxNode): readonly Import[] {
  const module = node.childForFieldName('module_name');
  if (!module) return [];
  const names = namedChildren(node).flatMap((part) => {
    if (part.startIndex === module.startIndex) return [];
    if (part.type === 'wildcard_import') return [{ name: '*', local: '*' }];
    const name = part.type === 'aliased_import' ? field('name')(part) : part.text;
    return name && part.type !== 'comment' ? [{ name, local: field('alias')(part) ?? lastSegment(name) }] : [];
  });
  return [imported(node, module.text, names)];
}
