import { inOrder } from '../structure.ts';
import type { Column, TableSurvey } from '../survey.ts';
import { rounded } from './code.ts';

/** What a data module does with a column; `name` is its heading. */
export interface Planned {
  readonly name: string;
  readonly how: { readonly kind: string } & Readonly<Record<string, unknown>>;
}

/** The inputs of a table, in the order of its columns; constant ones only where order matters. */
export function plannedColumns({ columns, structure }: TableSurvey): readonly Planned[] {
  const isOrdered = structure.kind === 'image' || structure.kind === 'sequence';
  const used = isOrdered ? inOrder(columns) : columns.filter(({ use }) => use !== 'left-out');
  return used.map((column) => ({ name: column.name, how: plan(column) }));
}

function plan({ use, scale, values }: Column): Planned['how'] {
  if (use === 'category') return { kind: 'category', values };
  if (use === 'date') return { kind: 'date' };
  return { kind: 'number', fill: rounded(scale?.median ?? 0) };
}
