import { type Import, imported, lastSegment } from '../import-statement.ts';
import { field, type LanguageTable, unquoted } from '../language.ts';
import { namedChildren, type SyntaxNode } from '../tree.ts';

const accessors: ReadonlySet<string> = new Set(['attr_accessor', 'attr_reader', 'attr_writer']);

export const ruby: LanguageTable = {
  symbols: {
    module: { kind: 'namespace', body: wholeBody, members: true },
    class: { kind: 'class', body: wholeBody, members: true },
    method: {
      kind: (node) => (field('name')(node) === 'initialize' ? 'constructor' : 'function'),
      body: (node) => afterHeader(node, 'parameters'),
    },
    singleton_method: { kind: 'function', body: (node) => afterHeader(node, 'parameters') },
    assignment: {
      kind: 'constant',
      name: (node) => (node.childForFieldName('left')?.type === 'constant' ? field('left')(node) : undefined),
    },
    call: {
      kind: (node) => (accessors.has(field('method')(node) ?? '') ? 'field' : undefined),
      name: (node) => namedChildren(node.childForFieldName('arguments') ?? node)[0]?.text.replace(/^:/, ''),
    },
  },
  wrappers: ['body_statement', 'begin', 'singleton_class'],
  blocks: ['if', 'unless', 'while', 'until', 'for', 'case', 'begin', 'rescue', 'do_block', 'block', 'lambda'],
  imports: { call: required },
};

/** Older grammars have no field for a body: it is what follows the name and the superclass. */
function wholeBody(node: SyntaxNode): SyntaxNode | undefined {
  return node.childForFieldName('body') ?? afterHeader(node, 'superclass');
}

function afterHeader(node: SyntaxNode, last: string): SyntaxNode | undefined {
  const body = node.childForFieldName('body');
  if (body) return body;
  const header = (node.childForFieldName(last) ?? node.childForFieldName('name'))?.endIndex ?? node.startIndex;
  return namedChildren(node).find((part) => part.startIndex > header && part.type !== 'comment');
}

/** `require 'a/b'`, `require_relative 'c'`; the latter reads as `./c`. */
function required(node: SyntaxNode): readonly Import[] {
  const name = field('method')(node);
  if (name !== 'require' && name !== 'require_relative') return [];
  const argument = node.childForFieldName('arguments')?.namedChildren[0];
  if (argument?.type !== 'string') return [];
  const path = unquoted(argument.text);
  const module = name === 'require_relative' && !path.startsWith('.') ? `./${path}` : path;
  return [imported(node, module, [{ name: '*', local: lastSegment(path) }])];
}
