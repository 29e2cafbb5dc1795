import type { StudyConfig } from '../../../core/study/studyConfig.ts';
import { seededRandom } from '../../../util/seededRandom.ts';

/** Row numbers of each part, ascending. */
interface SplitRows {
  readonly train: readonly number[];
  readonly validation: readonly number[];
  readonly test: readonly number[];
}

/**
 * Splits row numbers by the study's fixed seed; with `labels` each class is split by itself, so that every part has its share
 * and every class stays in the training part.
 */
export function splitRows(rows: number, labels: ArrayLike<number> | null, split: StudyConfig['split']): SplitRows {
  const { next } = seededRandom(split.seed);
  const parts = { train: [] as number[], validation: [] as number[], test: [] as number[] };
  for (const group of groupsOf(rows, labels)) {
    shuffle(group, next);
    const test = Math.min(Math.round(group.length * split.test), group.length - 1);
    const validation = Math.min(Math.round(group.length * split.validation), group.length - 1 - test);
    group.forEach((row, place) => {
      if (place < test) parts.test.push(row);
      else (place < test + validation ? parts.validation : parts.train).push(row);
    });
  }
  for (const part of Object.values(parts)) part.sort((a, b) => a - b);
  return parts;
}

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
