import type { Node } from 'web-tree-sitter';
import { childrenOf, otherExpression, spanOf, unescaped } from '../../code/nodes.ts';
import type { Lower, Source } from '../../code/nodes.ts';
import type { Constant, Expression } from './tree.ts';

const string: Lower<Expression> = (node, source) => {
  const span = spanOf(node);
  const parts = childrenOf(node);
  const pieces = parts.filter(({ type }) => type === 'string_content' || type === 'interpolation');
  if (!pieces.some(({ type }) => type === 'interpolation')) {
    const text = pieces.map((part) => source.textOf(part)).join('');
    return { kind: 'constant', span, value: unescaped(text) };
  }
  return { kind: 'format', span, parts: pieces.map((piece) => lowerPiece(piece, source)) };
};

function lowerPiece(node: Node, source: Source<Expression>): Expression {
  const inner = node.childForFieldName('expression');
  return inner
    ? source.lower(inner)
    : { kind: 'constant', span: spanOf(node), value: source.textOf(node) };
}

const strings: Lower<Expression> = (node, source) => ({
  kind: 'format',
  span: spanOf(node),
  parts: childrenOf(node).map((child) => source.lower(child)),
});

const number: Lower<Expression> = (node, source) => {
  const value = Number(source.textOf(node).replaceAll('_', ''));
  return Number.isFinite(value)
    ? { kind: 'constant', span: spanOf(node), value }
    : otherExpression(node, source);
};

const constant =
  (value: Constant): Lower<Expression> =>
  (node) => ({ kind: 'constant', span: spanOf(node), value });

/** Numbers, texts and the constants that have names, by the type of their nodes. */
export const CONSTANTS: Readonly<Record<string, Lower<Expression>>> = {
  integer: number,
  float: number,
  string,
  concatenated_string: strings,
  true: constant(true),
  false: constant(false),
  none: constant(null),
};
