import type { Diagnosis } from './diagnosis.ts';
import { isMeasure } from './seriesName.ts';

/** More names than this are counted, not told. */
const MOST_NAMES = 4;

/**
 * What a log was read as, in a line: `loss, val_loss by epoch; lr, grad_norm and 3 more`, so that a
 * wrong reading is seen at once.
 */
export function readAs({ series, counter = 'epoch' }: Diagnosis): string {
  const names = Object.keys(series);
  const grades = names.filter(isMeasure);
  const first = grades.length > 0 ? grades : names;
  const others = grades.length > 0 ? names.filter((name) => !isMeasure(name)) : [];
  const told = `${listed(first)} by ${counter}`;
  return others.length === 0 ? told : `${told}; ${listed(others)}`;
}

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  if (more <= 0) return names.join(', ');
  return `${names.slice(0, MOST_NAMES).join(', ')} and ${more} more`;
}
