import type { ParsedLine } from './slots.ts';

/**
 * Tells the rows of a table from those of another one, which a program with more columns wrote
 * under it without a header: they have more cells, and their counter begins again.
 */
export class RowWidths {
  private width = NaN;
  private counter = -Infinity;
  private readonly others = new Set<number>();

  /** A row of so many cells, under so many columns. */
  isOfOther({ slots }: ParsedLine, cells: number, columns: number): boolean {
    const counter = slots.find(({ role }) => role === 'epoch' || role === 'step')?.value;
    const isAgain = counter !== undefined && counter <= this.counter;
    if (cells > columns && this.width === columns && isAgain) this.others.add(cells);
    if (this.others.has(cells)) return true;
    this.width = cells;
    this.counter = counter ?? this.counter;
    return false;
  }
}
