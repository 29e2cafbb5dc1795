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
  for (const around of functionsAround(node).toReversed()) {
    const alone = around.childForFieldName('parameter');
    if (alone && textOf(alone) === name) return null;
    const bound = around
      .descendantsOfType(['variable_declarator', 'formal_parameters'])
      .filter((one) => innermost(one)?.id === around.id && binds(one, name, textOf));
    const [only, ...others] = bound;
    if (only) return others.length === 0 ? writtenValue(only) : null;
  }
  return null;
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
