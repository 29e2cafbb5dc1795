import type { Node } from 'web-tree-sitter';
import type { Expression, ImportBinding, Statement } from './code.ts';
import { childrenOf, spanOf } from './nodes.ts';
import type { Source } from './nodes.ts';

/** What an `import` of JavaScript binds. */
export function lowerImport(node: Node, source: Source<Expression>): Statement[] {
  const from = node.childForFieldName('source') ?? node.descendantsOfType('string')[0];
  const module = from ? source.textOf(from).slice(1, -1) : '';
  const clause = childrenOf(node).find((child) => child.type !== 'string');
  const bindings = clause ? importClause(clause, module, source) : [];
  return [{ kind: 'import', span: spanOf(node), bindings }];
}

function importClause(node: Node, module: string, source: Source<Expression>): ImportBinding[] {
  if (node.type === 'identifier') return [{ name: source.textOf(node), module, member: null }];
  if (node.type === 'import_specifier') {
    const member = node.childForFieldName('name') ?? node;
    const alias = node.childForFieldName('alias') ?? member;
    return [{ name: source.textOf(alias), module, member: source.textOf(member) }];
  }
  if (node.type === 'string') return [];
  return childrenOf(node).flatMap((child) => importClause(child, module, source));
}
