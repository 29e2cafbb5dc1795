import type { DataProfile } from '../../record/dataProfile.ts';
import type { DataKind } from '../../record/searchRecords.ts';

/** What of its data a sweep is remembered by. */
export const kindOfData = ({ task, inputShape, rows }: DataProfile): DataKind => ({
  task,
  inputShape: [...inputShape],
  rows: rows.train,
});

/** `classification of images`, `regression of rows`. */
export const kindText = ({ task, inputShape }: DataKind): string =>
  `${task} of ${FORMS[Math.min(3, inputShape.length)] ?? 'rows'}`;

const FORMS = ['rows', 'rows', 'sequences', 'images'];

/** Ten times as many rows make data another kind by half. */
const FAR = 10;

/**
 * What the experience of one kind of data is worth for another, 0–1: half for another task, half
 * for another form, less for far more rows or far fewer.
 */
export function likeness(a: DataKind | null, b: DataKind | null): number {
  if (!a || !b) return 0.25;
  const task = a.task === b.task ? 1 : 0.5;
  const form = a.inputShape.length === b.inputShape.length ? 1 : 0.5;
  const apart = Math.abs(Math.log(a.rows / b.rows)) / Math.log(FAR);
  return task * form * 0.5 ** Math.min(1, apart);
}
