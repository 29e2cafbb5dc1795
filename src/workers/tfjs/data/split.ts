import type { StudyConfig } from '../../../record/studyConfig.ts';
import { seededRandom } from '../../../util/seededRandom.ts';

/** Row numbers of each part, ascending. */
interface SplitRows {
  readonly train: readonly number[];
  readonly validation: readonly number[];
  readonly test: readonly number[];
}

/**
 * Splits row numbers by the study's fixed seed; with `labels` each class is split by itself, so
 * that every part has its share and every class stays in the training part.
 */
export function splitRows(
  rows: number,
  labels: ArrayLike<number> | null,
  split: StudyConfig['split'],
): SplitRows {
  const { next } = seededRandom(split.seed);
  const parts = { train: [] as number[], validation: [] as number[], test: [] as number[] };
  for (const group of groupsOf(rows, labels)) {
    shuffle(group, next);
    const test = sealedOf(group, split);
    const validation = Math.min(
      Math.round(group.length * split.validation),
      group.length - 1 - test,
    );
    group.forEach((row, place) => {
      if (place < test) parts.test.push(row);
      else (place < test + validation ? parts.validation : parts.train).push(row);
    });
  }
  for (const part of Object.values(parts)) part.sort((a, b) => a - b);
  return parts;
}

/**
 * One split a fold, for validation in folds: the sealed rows are those of `splitRows` and in no
 * fold, every other row is in the validation part of exactly one. With `labels` each class is dealt
 * out by itself; a class of a single row is not trained on in its fold.
 */
export function foldRows(
  rows: number,
  labels: ArrayLike<number> | null,
  split: StudyConfig['split'],
): readonly SplitRows[] {
  const { next } = seededRandom(split.seed);
  const test: number[] = [];
  const folds = Array.from({ length: split.folds }, (): number[] => []);
  let dealt = 0;
  for (const group of groupsOf(rows, labels)) {
    shuffle(group, next);
    const sealed = sealedOf(group, split);
    group.forEach((row, place) => {
      if (place < sealed) test.push(row);
      else folds[dealt++ % split.folds]?.push(row);
    });
  }
  const ascending = (part: readonly number[]): readonly number[] => part.toSorted((a, b) => a - b);
  return folds.map((validation) => ({
    train: ascending(folds.flatMap((other) => (other === validation ? [] : other))),
    validation: ascending(validation),
    test: ascending(test),
  }));
}

const sealedOf = (group: readonly number[], split: StudyConfig['split']): number =>
  Math.min(Math.round(group.length * split.test), group.length - 1);

function groupsOf(rows: number, labels: ArrayLike<number> | null): readonly number[][] {
  const groups = new Map<number, number[]>();
  for (let row = 0; row < rows; row += 1) {
    const label = labels?.[row] ?? 0;
    const group = groups.get(label) ?? [];
    group.push(row);
    groups.set(label, group);
  }
  return [...groups.entries()].sort(([a], [b]) => a - b).map(([, group]) => group);
}

function shuffle(items: number[], random: () => number): void {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const kept = items[last] ?? 0;
    items[last] = items[other] ?? 0;
    items[other] = kept;
  }
}
