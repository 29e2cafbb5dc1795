import {
  dataConstantTarget,
  dataOneClass,
  dataTooFewRows,
  dataTooManyClasses,
  dataWrongShape,
} from './errors.ts';
import type { Table } from './types.ts';

/** Throws where there are fewer rows than needed. */
export function requireRows(what: string, rows: number, needed: number): void {
  if (rows < needed) throw dataTooFewRows(what, rows, needed);
}

/** Throws where labels are of one class only, or so many that they are no classes. */
export function requireClasses(labels: Float32Array, classes: readonly string[]): void {
  const seen = new Set(labels);
  if (seen.size < 2) throw dataOneClass(classes[labels[0] ?? 0] ?? '');
  if (labels.length > 20 && seen.size > labels.length / 2)
    throw dataTooManyClasses(seen.size, labels.length);
}

/** Several outputs may hold a constant one, but not all may be. */
export function requireVaryingTarget(values: Float32Array, units: number): void {
  if (values.length > units && values.every((value, index) => value === values[index % units]))
    throw dataConstantTarget(values[0] ?? 0);
}

/** Throws where a table has not as many targets as inputs. */
export function requireSameRows({ inputs, targets }: Table, what: string): void {
  const rows =
    targets.task === 'classification'
      ? targets.labels.length
      : targets.values.length / targets.units;
  if (rows !== inputs.rows)
    throw dataWrongShape(
      `In ${what} there are ${inputs.rows} inputs and ${rows} targets.`,
      'one target for each input.',
    );
}

/** Throws where the inputs of a part have another shape than those trained with. */
export function requireShape(part: Table, train: Table, name: string): void {
  if (part.inputs.shape.join() === train.inputs.shape.join()) return;
  throw dataWrongShape(
    `Inputs of the ${name} part have the shape [${part.inputs.shape.join(', ')}], those of ` +
      `the training part [${train.inputs.shape.join(', ')}].`,
    'the same shape in each part.',
  );
}
