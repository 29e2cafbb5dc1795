import type { ToStudy } from '../../../show/views/studyMessages.ts';
import type { StudyRow } from '../../../show/views/studyRow.ts';

/** Which attempt is the best, and which one the user's file holds. */
export type Standing = Pick<Extract<ToStudy, { kind: 'standing' }>, 'best' | 'file'>;

/** `Best: #3. Your file is #0.` */
export function standingText({ best, file }: Standing, rows: readonly StudyRow[]): string {
  const nameOf = (id: string): string => `#${rows.find((row) => row.id === id)?.number ?? '?'}`;
  if (rows.length === 0) return '';
  const own =
    file === null ? 'What stands in your file was not trained.' : `Your file is ${nameOf(file)}.`;
  return best === null ? own : `Best: ${nameOf(best)}. ${own}`;
}

/** What stands beside the titles of these attempts. */
export function badgesOf({ best, file }: Standing): ReadonlyMap<string, string> {
  const badges = new Map<string, string>();
  if (file !== null) badges.set(file, 'your file');
  if (best !== null) badges.set(best, best === file ? 'best, your file' : 'best');
  return badges;
}
