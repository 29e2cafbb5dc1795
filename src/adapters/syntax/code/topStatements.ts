import type { Node } from 'web-tree-sitter';
import type { TopStatement } from './moduleCode.ts';
import { childrenOf, spanOf } from './nodes.ts';

const NAMES = [
  'identifier',
  'shorthand_property_identifier',
  'shorthand_property_identifier_pattern',
];

/** What a statement at the top of a file brings in, mentions and changes. */
export function topStatement(node: Node, text: string): TopStatement {
  const textOf = (one: Node): string => text.slice(one.startIndex, one.endIndex);
  return {
    span: spanOf(node),
    declares: declaredBy(node).map(textOf),
    mentions: new Set(node.descendantsOfType(NAMES).map(textOf)),
    touches: new Set(rootsTouched(node).map(textOf)),
    kind: kindOf(node, textOf(node)),
  };
}

function kindOf(node: Node, text: string): TopStatement['kind'] {
  if (node.type === 'import_statement') return 'import';
  if (/^(interface|type_alias|ambient)/.test(node.type)) return 'type';
  if (node.type === 'export_statement') return exportKind(node, text);
  if (/_declaration$/.test(node.type) || node.type === 'internal_module') return 'declaration';
  if (node.type !== 'expression_statement') return 'flow';
  return /^(module\.)?exports\b/.test(text) ? 'export' : 'expression';
}

function exportKind(node: Node, text: string): TopStatement['kind'] {
  const declaration = node.childForFieldName('declaration');
  if (declaration) return kindOf(declaration, text);
  return /^export\s+(type|interface)\b/.test(text) ? 'type' : 'export';
}

/** Nodes of the names that a statement declares for the file. */
function declaredBy(node: Node): Node[] {
  if (node.type === 'export_statement')
    return childrenOf(node).flatMap((child) => declaredBy(child));
  if (node.type === 'import_statement') return node.descendantsOfType('identifier');
  if (/^(lexical|variable)_declaration$/.test(node.type))
    return childrenOf(node).flatMap((one) => {
      const name = one.childForFieldName('name');
      if (!name) return [];
      return name.type === 'identifier' ? [name] : name.descendantsOfType(NAMES);
    });
  const name = /_declaration$/.test(node.type) ? node.childForFieldName('name') : null;
  return name ? [name] : [];
}

/** The leftmost names of what is assigned to, and of what has a method called on it. */
function rootsTouched(node: Node): Node[] {
  const assigned = node
    .descendantsOfType(['assignment_expression', 'augmented_assignment_expression'])
    .flatMap((one) => one.childForFieldName('left') ?? []);
  const called = node
    .descendantsOfType('call_expression')
    .flatMap((one) => one.childForFieldName('function') ?? [])
    .filter(({ type }) => type === 'member_expression');
  return [...assigned, ...called].map(root);
}

function root(node: Node): Node {
  const object = node.childForFieldName('object') ?? node.childForFieldName('function');
  return object ? root(object) : node;
}
