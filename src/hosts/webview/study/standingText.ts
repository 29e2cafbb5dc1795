import type { ToStudy } from '../../../show/views/studyMessages.ts';
import type { StudyRow } from '../../../show/views/studyRow.ts';

/** Which attempt is the best, and which one the user's file holds. */
export type Standing = Omit<Extract<ToStudy, { kind: 'standing' }>, 'kind'>;

/** `Best: #3. Your file is #0.` */
export function standingText(standing: Standing, rows: readonly StudyRow[]): string {
  if (rows.length === 0) return '';
  const { best } = standing;
  const found = best === null ? [] : [`Best: ${nameOf(best, rows)}.`];
  return [...found, ...fileText(standing, rows)].join(' ');
}

function fileText({ file, hasFile }: Standing, rows: readonly StudyRow[]): readonly string[] {
  if (!hasFile) return [];
  return [
    file === null
      ? 'What stands in your file was not trained.'
      : `Your file is ${nameOf(file, rows)}.`,
  ];
}

const nameOf = (id: string, rows: readonly StudyRow[]): string =>
  `#${rows.find((row) => row.id === id)?.number ?? '?'}`;

/** What stands beside the titles of these attempts. */
export function badgesOf({ best, file }: Standing): ReadonlyMap<string, string> {
  const badges = new Map<string, string>();
  if (file !== null) badges.set(file, 'your file');
  if (best !== null) badges.set(best, best === file ? 'best, your file' : 'best');
  return badges;
}
