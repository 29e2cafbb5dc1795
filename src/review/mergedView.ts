import { pendingHunks, type ReviewSession } from './reviewSession.ts';

/**
 * One line of the merged review document. `hunk` is the index of the pending hunk it belongs to.
 */
export interface Row {
  readonly kind: 'context' | 'removed' | 'added';
  readonly text: string;
  readonly hunk: number | null;
}

/**
 * A change an editor reports: the replaced range (0-based, end exclusive) and what stands there
 * now.
 */
export interface TextChange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
  readonly text: string;
}

/** Both texts in one document: what would go right above what would come. */
export function mergedRows(session: ReviewSession): readonly Row[] {
  const rows: Row[] = [];
  let line = 0;
  pendingHunks(session).forEach((hunk, index) => {
    rows.push(...rowsOf('context', session.accepted.slice(line, hunk.oldStart), null));
    rows.push(...rowsOf('removed', hunk.removed, index), ...rowsOf('added', hunk.added, index));
    line = hunk.oldStart + hunk.removed.length;
  });
  return [...rows, ...rowsOf('context', session.accepted.slice(line), null)];
}

/** The proposal as the rows spell it: everything but the lines that would go. */
export const proposalIn = (rows: readonly Row[]): readonly string[] =>
  rows.filter((row) => row.kind !== 'removed').map((row) => row.text);

/**
 * The rows after the user typed. Removed lines are shown only: they survive any change, and what is
 * typed into them is dropped.
 */
export function editRows(rows: readonly Row[], change: TextChange): readonly Row[] {
  const touched = rows.slice(change.start.line, change.end.line + 1);
  const removed = touched.filter((row) => row.kind === 'removed');
  if (removed.length === touched.length) return rows;
  const hunk = touched.find((row) => row.hunk !== null)?.hunk ?? null;
  const typed = typedLines(touched, change);
  return [
    ...rows.slice(0, change.start.line),
    ...removed,
    ...rowsOf('added', typed, hunk),
    ...rows.slice(change.end.line + 1),
  ];
}

/**
 * Whether changes are a person's: one place of one line, as typing and pasting make them. What a
 * formatter does at the same moment rewrites several places, or whole lines.
 */
export const isTyping = ([change, ...others]: readonly TextChange[]): boolean =>
  change !== undefined && others.length === 0 && change.start.line === change.end.line;

function typedLines(touched: readonly Row[], { start, end, text }: TextChange): readonly string[] {
  const first = touched[0];
  const last = touched.at(-1);
  const head = first && first.kind !== 'removed' ? first.text.slice(0, start.character) : '';
  const tail = last && last.kind !== 'removed' ? last.text.slice(end.character) : '';
  return `${head}${text}${tail}`.split(/\r\n|\r|\n/);
}

const rowsOf = (kind: Row['kind'], lines: readonly string[], hunk: number | null): readonly Row[] =>
  lines.map((text) => ({ kind, text, hunk }));
