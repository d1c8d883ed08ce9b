import { type Import, type ImportedName, imported } from '../import-statement.ts';
import { field, type LanguageTable, parentOf, type SymbolRule, unquoted } from '../language.ts';
import { childOfType, namedChildren, type SyntaxNode } from '../tree.ts';

const functions: ReadonlySet<string> = new Set([
  'arrow_function',
  'function_expression',
  'function',
  'generator_function',
]);

const isFunction = (node: SyntaxNode | null | undefined): boolean => node != null && functions.has(node.type);

/** A variable is a function when its value is one: `const load = async () => …`. */
const declarator: SymbolRule = {
  kind: (node) => (isFunction(node.childForFieldName('value')) ? 'function' : 'constant'),
  name: (node) => {
    const plain = node.childForFieldName('name')?.type === 'identifier';
    return plain && requireDeclarator(node).length === 0 ? field('name')(node) : undefined;
  },
  body: (node) => valueBody(node.childForFieldName('value')),
  members: true,
  signature: parentOf,
};

const property: SymbolRule = {
  kind: (node) => (isFunction(node.childForFieldName('value')) ? 'method' : 'field'),
  name: (node) => memberName(node.childForFieldName('name') ?? node.childForFieldName('property')),
  body: (node) => valueBody(node.childForFieldName('value')),
};

/** A member of an object literal, as modules and classes of older code are written. */
const pair: SymbolRule = {
  kind: (node) => (isFunction(node.childForFieldName('value')) ? 'method' : 'field'),
  name: (node) => memberName(node.childForFieldName('key')),
  body: (node) => valueBody(node.childForFieldName('value')),
};

/** `Type.prototype.method = …`, `exports.name = …`, `Type.constant = …`. */
const assignment: SymbolRule = {
  kind: (node) => (isFunction(node.childForFieldName('right')) ? 'function' : 'constant'),
  name: (node) => {
    const left = node.childForFieldName('left');
    return left?.type === 'member_expression' ? left.childForFieldName('property')?.text : undefined;
  },
  body: (node) => valueBody(node.childForFieldName('right')),
  members: true,
  container: (node) => {
    const owner = (node.childForFieldName('left')?.childForFieldName('object')?.text ?? '').replace(/\.prototype$/, '');
    return /^[\w$]+$/.test(owner) && !/^(?:exports|module|this)$/.test(owner) ? owner : undefined;
  },
};

const method: SymbolRule = {
  kind: (node) => (field('name')(node) === 'constructor' ? 'constructor' : 'method'),
  name: (node) => memberName(node.childForFieldName('name')),
};

const symbols: Readonly<Record<string, SymbolRule>> = {
  class_declaration: { kind: 'class', members: true },
  abstract_class_declaration: { kind: 'class', members: true },
  interface_declaration: { kind: 'interface', members: true },
  type_alias_declaration: { kind: 'type' },
  enum_declaration: { kind: 'enum', members: true },
  internal_module: { kind: 'namespace', members: true },
  module: { kind: 'namespace', name: (node) => unquoted(field('name')(node)), members: true },
  function_declaration: { kind: 'function' },
  generator_function_declaration: { kind: 'function' },
  function_signature: { kind: 'function' },
  variable_declarator: declarator,
  assignment_expression: assignment,
  method_definition: method,
  method_signature: method,
  abstract_method_signature: method,
  public_field_definition: property,
  field_definition: property,
  property_signature: property,
  pair,
  enum_assignment: { kind: 'constant' },
  property_identifier: {
    kind: (node) => (node.parent?.type === 'enum_body' ? 'constant' : undefined),
    name: (node) => node.text,
  },
};

export const typescript: LanguageTable = {
  symbols,
  wrappers: [
    'export_statement',
    'ambient_declaration',
    'expression_statement',
    'lexical_declaration',
    'variable_declaration',
    'statement_block',
  ],
  blocks: [
    'if_statement',
    'else_clause',
    'for_statement',
    'for_in_statement',
    'while_statement',
    'do_statement',
    'try_statement',
    'catch_clause',
    'finally_clause',
    'switch_statement',
    'arrow_function',
    'function_expression',
  ],
  imports: {
    import_statement: importStatement,
    export_statement: exportStatement,
    variable_declarator: requireDeclarator,
  },
};

/** The body of a function, or an object literal or class, whose members are worth listing. */
function valueBody(value: SyntaxNode | null): SyntaxNode | null {
  if (isFunction(value)) return value?.childForFieldName('body') ?? null;
  if (value?.type === 'object') return value;
  if (value?.type === 'class') return value.childForFieldName('body');
  return null;
}

function memberName(node: SyntaxNode | null): string | undefined {
  if (!node || node.type === 'computed_property_name') return undefined;
  return node.type === 'string' ? unquoted(node.text) : node.text;
}

function importStatement(node: SyntaxNode): readonly Import[] {
  const source = node.childForFieldName('source');
  if (!source) return [];
  const clause = childOfType(node, 'import_clause');
  return [imported(node, unquoted(source.text), clause ? namedChildren(clause).flatMap(clauseNames) : [])];
}

function clauseNames(part: SyntaxNode): readonly ImportedName[] {
  if (part.type === 'identifier') return [{ name: 'default', local: part.text }];
  if (part.type === 'namespace_import') return [{ name: '*', local: namedChildren(part)[0]?.text ?? '' }];
  return namedChildren(part).flatMap(specifier);
}

function specifier(node: SyntaxNode): readonly ImportedName[] {
  const name = field('name')(node);
  return name ? [{ name, local: field('alias')(node) ?? name }] : [];
}

/** `export … from './module'`: the module is needed as much as an imported one. */
function exportStatement(node: SyntaxNode): readonly Import[] {
  const source = node.childForFieldName('source');
  if (!source) return [];
  const clause = childOfType(node, 'export_clause');
  return [imported(node, unquoted(source.text), clause ? namedChildren(clause).flatMap(specifier) : [])];
}

/** `const a = require('m')`, `const { a, b: c } = require('m')`, `const a = require('m').a`. */
function requireDeclarator(node: SyntaxNode): readonly Import[] {
  let call = node.childForFieldName('value');
  const member = call?.type === 'member_expression' ? call.childForFieldName('property')?.text : undefined;
  if (call?.type === 'member_expression') call = call.childForFieldName('object');
  if (call?.type !== 'call_expression' || field('function')(call) !== 'require') return [];
  const argument = call.childForFieldName('arguments')?.namedChildren[0];
  const target = node.childForFieldName('name');
  if (argument?.type !== 'string' || !target) return [];
  const names =
    target.type === 'object_pattern'
      ? namedChildren(target).flatMap(patternName)
      : [{ name: member ?? '*', local: target.text }];
  return [imported(parentOf(node), unquoted(argument.text), names)];
}

function patternName(part: SyntaxNode): readonly ImportedName[] {
  if (part.type === 'shorthand_property_identifier_pattern') return [{ name: part.text, local: part.text }];
  const key = field('key')(part);
  return key ? [{ name: key, local: field('value')(part) ?? key }] : [];
}
