import { formatNumber } from '../../record/format.ts';
import type { Configuration, Dimension, Value } from '../space/dimension.ts';
import { UNUSED } from '../space/operatorLevers.ts';
import type { Space } from '../space/space.ts';

/** What a configuration changes, a clause each: `learning rate 0.001 → 0.004`. */
export const changesText = (space: Space, values: Configuration): readonly string[] =>
  space.changesOf(values).map((dimension) => changeText(dimension, values[dimension.name]));

function changeText({ name, initial }: Dimension, value: Value | undefined): string {
  if (initial === UNUSED) return `${name} (${String(value)})`;
  return `${name} ${textOf(initial)} → ${textOf(value)}`;
}

const textOf = (value: Value | undefined): string =>
  typeof value === 'number' ? formatNumber(value) : String(value);
