import type { Row } from './form.ts';
import type { Use } from './plan.ts';
import { barOf } from './rowValues.ts';

/** The bar of an epoch: whether one was finished, and added the validation; its steps. */
export class EpochBar {
  private isDone = false;
  private isValidated = false;
  private steps = NaN;

  /** Another epoch has begun. */
  forget(): void {
    this.isDone = false;
    this.isValidated = false;
    this.steps = NaN;
  }

  /**
   * A bar that is under way is no result; a second bar after a finished one is an evaluation that
   * names no part of the data, unless it adds the validation.
   */
  accepts(row: Row, use: Use): boolean {
    const [at, steps] = barOf(row, use);
    const isOfPart = use.keys.every((key) => /^(?:val|test)_/.test(key));
    if (use.counter !== null || isOfPart) return !(at < steps);
    return !this.isValidated && (at < steps ? this.moves() : this.ends(steps, use));
  }

  private moves(): false {
    this.isValidated = this.isDone;
    return false;
  }

  private ends(steps: number, { keys }: Use): boolean {
    const validates = keys.some((key) => key.startsWith('val_'));
    const isSame = Number.isNaN(this.steps) || Number.isNaN(steps) || steps === this.steps;
    if (this.isDone && !(validates && isSame)) return false;
    this.isDone = true;
    this.isValidated = validates;
    this.steps = steps;
    return true;
  }
}
