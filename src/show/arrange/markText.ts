import type { Mark } from './arrangement.ts';

const STAR = '★';

/**
 * A mark as a git note that reads well in `git log --notes=cortex/<study>`; empty for no mark at
 * all.
 */
export const formatMark = ({ starred, note }: Mark): string =>
  [...(starred ? [STAR] : []), ...(note.trim() === '' ? [] : [note.trim()])].join('\n');

/** Reads such a note; what somebody wrote with git is their note. */
export function parseMark(text: string): Mark {
  const trimmed = text.trim();
  const starred = trimmed === STAR || trimmed.startsWith(`${STAR}\n`);
  return { starred, note: (starred ? trimmed.slice(STAR.length) : trimmed).trim() };
}
