import { dataTooFewRows, dataWrongShape } from './errors.ts';
import type { Table } from './types.ts';

/** Throws where there are fewer rows than needed. */
export function requireRows(what: string, rows: number, needed: number): void {
  if (rows < needed) throw dataTooFewRows(what, rows, needed);
}

/** Throws where a table has not as many targets and weights as inputs. */
export function requireSameRows({ inputs, targets, weights }: Table, what: string): void {
  const [rows, name] =
    weights && weights.length !== inputs.rows
      ? [weights.length, 'weight']
      : [targets.rows, 'target'];
  if (rows !== inputs.rows)
    throw dataWrongShape(
      `In ${what} there are ${inputs.rows} inputs and ${rows} ${name}s.`,
      `one ${name} for each input.`,
    );
}

/** Throws where the inputs of a part have other shapes than those trained with. */
export function requireShape(part: Table, train: Table, name: string): void {
  const shapes = ({ layout }: Table): string =>
    layout.map(({ shape }) => `[${shape.join(', ')}]`).join(' and ');
  if (shapes(part) === shapes(train)) return;
  throw dataWrongShape(
    `Inputs of the ${name} part have the shape ${shapes(part)}, those of ` +
      `the training part ${shapes(train)}.`,
    'the same shape in each part.',
  );
}
