import { seriesName } from '../seriesName.ts';
import { isGrade } from './names.ts';

/** The columns of an environment's monitor (Gym, Stable-Baselines): reward, length and time. */
export const ofMonitor = (columns: readonly string[]): readonly string[] =>
  columns.slice(0, 3).join() === 'r,l,t'
    ? ['reward', 'length', 'time', ...columns.slice(3)]
    : columns;

/** Ultralytics' table of classes is of the validation part; its first counts are of no curve. */
export const ofClasses = (names: readonly string[]): readonly string[] =>
  names.map((name) => (isGrade(seriesName(name)) ? `val_${name}` : name));

/** fastai measures its metrics on the validation part, whatever their names say. */
export function ofFastai(columns: readonly string[]): readonly string[] {
  const [first, second, third] = columns;
  if (
    first !== 'epoch' ||
    second !== 'train_loss' ||
    third !== 'valid_loss' ||
    columns.at(-1) !== 'time'
  )
    return columns;
  return columns.map((name, i) => (i > 2 && name !== 'time' ? `valid_${name}` : name));
}
