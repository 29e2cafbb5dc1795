import type { Node } from 'web-tree-sitter';

const FUNCTION =
  /^(arrow_function|function_expression|function_declaration|method_definition|generator_function_declaration)$/;

/** The declaration, property or assignment that binds a value to a name. */
export function bindingOf(node: Node): Node | null {
  let at = node.parent;
  while (at && /^(parenthesized_expression|as_expression|satisfies_expression)$/.test(at.type))
    at = at.parent;
  const isBinding =
    at !== null &&
    /^(variable_declarator|pair|assignment_expression|field_definition|public_field_definition)$/.test(
      at.type,
    );
  return isBinding ? at : null;
}

/** The node of the name that a declaration binds. */
export const nameNode = (binding: Node): Node | null =>
  ['name', 'key', 'property', 'left']
    .map((field) => binding.childForFieldName(field))
    .find(Boolean) ?? null;

/** With its keyword, or the statement around an assignment. */
export function wholeOf(binding: Node): Node {
  const isInner =
    binding.type === 'variable_declarator' || binding.type === 'assignment_expression';
  return isInner ? (binding.parent ?? binding) : binding;
}

/** Nothing but classes and objects stands between it and the top of the file. */
export const isReachable = (node: Node): boolean => innermost(node) === null;

/** The function a node stands in; `null` at the top of the file. */
export function innermost(node: Node): Node | null {
  return enclosing(node, FUNCTION);
}

/** The nearest node around one that has one of the types. */
export function enclosing(node: Node, types: RegExp): Node | null {
  let at = node.parent;
  while (at && !types.test(at.type)) at = at.parent;
  return at;
}

/** Functions around a node, the outermost first. */
export function functionsAround(node: Node): Node[] {
  const outer = innermost(node);
  return outer ? [...functionsAround(outer), outer] : [];
}

/** The statement at the top of the file that holds a node. */
export function topOf(node: Node): Node {
  let at = node;
  while (at.parent?.parent) at = at.parent;
  return at;
}

/** The function a call stands in; what `tf.tidy(() => …)` runs is a part of what it stands in. */
export function makerOf(node: Node, textOf: (node: Node) => string): Node | null {
  const own = innermost(node);
  const call = own?.parent?.parent;
  const callee = call?.type === 'call_expression' ? call.childForFieldName('function') : null;
  const isTidied = callee !== null && /(^|\.)tidy$/.test(textOf(callee));
  const isWhole = /^(expression|return)_statement$/.test(call?.parent?.type ?? '');
  return own && isTidied && isWhole ? makerOf(own, textOf) : own;
}
