import type { Node } from 'web-tree-sitter';
import type { Expression, Statement } from './code.ts';
import type { Shape, Span } from './span.ts';

/** The range of a node. */
export const spanOf = (node: Node): Span => ({ start: node.startIndex, end: node.endIndex });

/** Named children without comments. */
export const childrenOf = (node: Node): Node[] =>
  node.namedChildren.filter((child) => child.type !== 'comment');

/** A table from node types to what they are lowered to; anything else is `other`. */
export type Lowering<T> = Readonly<Record<string, (node: Node) => T>>;

/** The text that expressions are lowered out of, and what lowers the expressions inside one. */
export interface Source<E> {
  textOf(node: Node): string;
  lower(node: Node): E;
}

/** Lowers a node of a type that it is made for. */
export type Lower<E> = (node: Node, source: Source<E>) => E;

/** What Cortex does not interpret, with the expressions inside it. */
export const otherExpression = <E>(
  node: Node,
  source: Source<E>,
): Shape<'other', { parts: readonly E[] }> => ({
  kind: 'other',
  span: spanOf(node),
  parts: childrenOf(node).map((child) => source.lower(child)),
});

/** What Cortex does not look into. */
export const opaque = (node: Node): Shape<'other', { parts: readonly [] }> => ({
  kind: 'other',
  span: spanOf(node),
  parts: [],
});

/** A literal expression. */
export const literal = (
  node: Node,
  value: Extract<Expression, { kind: 'literal' }>['value'],
): Expression => ({
  kind: 'literal',
  span: spanOf(node),
  value,
});

/**
 * A numeric literal of JavaScript or Python; `other` where it is not a plain number (`10n`, `3j`).
 */
export function numeric(node: Node, text: string): Expression {
  const value = Number(text.replaceAll('_', ''));
  return Number.isFinite(value) ? literal(node, { kind: 'number', value }) : opaque(node);
}

/** `-1` as a literal; `null` where the operand is not a number. */
export function negated(node: Node, operand: Expression): Expression | null {
  if (operand.kind !== 'literal' || operand.value.kind !== 'number') return null;
  return literal(node, { kind: 'number', value: -operand.value.value });
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' };

/** The value of a string literal's inner text. */
export const unescaped = (text: string): string =>
  text.replaceAll(/\\(.)/gs, (_, character: string) => ESCAPES[character] ?? character);

/** Computes once, on first use. */
export function lazy<T>(compute: () => T): () => T {
  let done: { value: T } | null = null;
  return () => (done ??= { value: compute() }).value;
}

/** A statement Cortex has no use for. */
export const otherStatement = (node: Node): Statement => ({ kind: 'other', span: spanOf(node) });
