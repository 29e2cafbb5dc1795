import { nameOf } from './names.ts';
import type { Slot } from './slots.ts';
import { isCost, isCostUnit, isNeutral, isStop } from './words.ts';

/** Numbers whose names stand behind them: `0.75 avg loss, 0.001 rate`. */
export class NamesBehind {
  /** The words at hand began right behind a number. */
  isBehind = false;
  private readonly named = new Map<Slot, Slot>();

  /** A comma ends the words behind a number: they may be its name. */
  take(last: Slot | undefined, all: readonly string[]): void {
    const words = all.length > 1 ? all.filter((word) => !isNeutral(word)) : all;
    const [word = ''] = words;
    if (!this.isBehind || last?.role !== 'other' || last.name !== '' || words.length !== 1) return;
    if (!last.text.includes('.') || isStop(word) || isCost(word) || isCostUnit(word)) return;
    const name = nameOf(words).name || word;
    this.named.set(last, { ...last, role: 'measure', name, isSure: true });
  }

  /** The numbers of a line, with those names where no other name stands in it. */
  applied(slots: readonly Slot[]): readonly Slot[] {
    const hasNames = slots.some(({ role }) => role === 'measure');
    return hasNames ? slots : slots.map((slot) => this.named.get(slot) ?? slot);
  }
}
