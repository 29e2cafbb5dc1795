import type { Node } from 'web-tree-sitter';
import type { Expression } from './code.ts';
import { childrenOf, literal, numeric, spanOf, unescaped } from './nodes.ts';
import type { Lower, Source } from './nodes.ts';

const template: Lower<Expression> = (node, source) => {
  const children = childrenOf(node);
  if (children.some((child) => child.type === 'template_substitution'))
    return { kind: 'template', span: spanOf(node), pieces: pieces(children, source) };
  return string(node, source);
};

function pieces(children: readonly Node[], source: Source<Expression>): (string | Expression)[] {
  return children.map((child) => {
    const inner = child.type === 'template_substitution' ? childrenOf(child)[0] : undefined;
    return inner ? source.lower(inner) : unescaped(source.textOf(child));
  });
}

const string: Lower<Expression> = (node, source) =>
  literal(node, { kind: 'string', value: unescaped(source.textOf(node).slice(1, -1)) });

/** Literals of JavaScript, by the type of their nodes; `undefined` is `null`. */
export const LITERALS: Readonly<Record<string, Lower<Expression>>> = {
  number: (node, source) => numeric(node, source.textOf(node)),
  string,
  template_string: template,
  true: (node) => literal(node, { kind: 'boolean', value: true }),
  false: (node) => literal(node, { kind: 'boolean', value: false }),
  null: (node) => literal(node, { kind: 'null' }),
  undefined: (node) => literal(node, { kind: 'null' }),
};
