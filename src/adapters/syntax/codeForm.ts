import type { Node, Tree, TreeCursor } from 'web-tree-sitter';

const QUOTES = new Set(["'", '"']);
const CLOSING = new Set([')', ']', '}']);

/**
 * The code of a text as its syntax tree has it, without comments, white space, trailing commas and
 * semicolons, and with one kind of quotes: equal for texts that a formatter would make equal. Texts
 * of equal meaning may still differ in it.
 */
export function codeForm(tree: Tree): string {
  const cursor = tree.walk();
  const pieces: string[] = [];
  try {
    do pieces.push(...piecesOf(cursor.currentNode));
    while (stepOn(cursor, pieces));
    return pieces.join('\u0000');
  } finally {
    cursor.delete();
  }
}

function piecesOf(node: Node): readonly string[] {
  if (node.type === 'comment' || isOptional(node)) return [];
  if (node.childCount > 0) return [`(${node.type}`];
  return [QUOTES.has(node.text) ? '"' : node.text];
}

/** A sign that a formatter adds and takes away. */
function isOptional({ type, parent, nextSibling }: Node): boolean {
  if (type === ';') return parent?.type !== 'for_statement';
  return type === ',' && nextSibling !== null && CLOSING.has(nextSibling.type);
}

/** To the next node, parents before children; a parent is closed when its last child is behind. */
function stepOn(cursor: TreeCursor, pieces: string[]): boolean {
  if (cursor.gotoFirstChild()) return true;
  while (!cursor.gotoNextSibling()) {
    if (!cursor.gotoParent()) return false;
    pieces.push(')');
  }
  return true;
}
