import type { Node } from 'web-tree-sitter';
import { childrenOf } from '../../code/nodes.ts';

/** How many stars a node of that type carries. */
export const STARS: Readonly<Record<string, 1 | 2>> = {
  list_splat: 1,
  list_splat_pattern: 1,
  dictionary_splat: 2,
  dictionary_splat_pattern: 2,
};

/** The name a parameter binds, however it is typed, starred or given a default. */
export function nameIn(node: Node): Node | null {
  if (node.type === 'identifier') return node;
  const name = node.childForFieldName('name');
  const first = childrenOf(node)[0];
  if (name) return nameIn(name);
  const wraps = STARS[node.type] !== undefined || node.type === 'typed_parameter';
  return wraps && first ? nameIn(first) : null;
}
