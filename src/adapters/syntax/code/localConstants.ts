import type { Node } from 'web-tree-sitter';
import { functionsAround, innermost } from './enclosing.ts';

type TextOf = (node: Node) => string;

/** What makes a value more than what is written. */
const MORE_THAN_WRITTEN = [
  'identifier',
  'shorthand_property_identifier',
  'this',
  'call_expression',
  'new_expression',
  'await_expression',
  'arrow_function',
  'function_expression',
  'method_definition',
];

/**
 * The value of a name that a function around a node binds by `const` to what is written there
 * (`10`, `[64, 32]`); `null` where it is bound otherwise, or at the top of the file.
 */
export function constantAround(node: Node, name: string, textOf: TextOf): Node | null {
  const [nearest] = functionsAround(node)
    .toReversed()
    .map((around) => bindingsIn(around, name, textOf))
    .filter((found) => found.length > 0);
  const [only, ...others] = nearest ?? [];
  return only && others.length === 0 ? writtenValue(only) : null;
}

/** Declarations and parameters of a function that bind a name, not those of functions within. */
function bindingsIn(around: Node, name: string, textOf: TextOf): readonly Node[] {
  const alone = around.childForFieldName('parameter');
  const declared = around
    .descendantsOfType(['variable_declarator', 'formal_parameters'])
    .filter((one) => innermost(one)?.id === around.id);
  return [...(alone ? [alone] : []), ...declared].filter((one) => binds(one, name, textOf));
}

function binds(node: Node, name: string, textOf: TextOf): boolean {
  const pattern = node.childForFieldName('name') ?? node;
  return [
    pattern,
    ...pattern.descendantsOfType(['identifier', 'shorthand_property_identifier_pattern']),
  ].some((one) => textOf(one) === name);
}

function writtenValue(declarator: Node): Node | null {
  const value = declarator.childForFieldName('value');
  const isConstant = declarator.parent?.children[0]?.type === 'const';
  const isWritten =
    value !== null &&
    !MORE_THAN_WRITTEN.includes(value.type) &&
    value.descendantsOfType(MORE_THAN_WRITTEN).length === 0;
  return isConstant && isWritten ? value : null;
}
