import { isKnown, scoped } from './names.ts';
import { slotNamed } from './slots.ts';
import type { ParsedLine, Slot } from './slots.ts';
import { isCost, scopeOf } from './words.ts';
import type { Scope } from './words.ts';

/** `Training |  Validation`: the parts of the data that the columns below are of. */
const HEAD = /(?:^|[\s-])([a-z]{2,20})\s{1,9}\|\s{1,20}([a-z]{2,20})\s{0,9}$/i;
const NUMBER = String.raw`[-+]?\d[\d.]{0,20}(?:e[-+]?\d{1,3})?|N/A|nan`;
/** `loss   |   1.33 |   1.22`: a name, and its value in each part. */
const ROW = new RegExp(
  String.raw`(?:^|[\s-])([a-z][\w@./-]{0,60})\s{1,60}\|\s{1,60}(${NUMBER})\s{1,60}\|\s{1,60}(${NUMBER})\s{0,9}$`,
  'di',
);

/** Rows of a name and its value in two parts of the data, as AllenNLP prints below each epoch. */
export class ScopeColumns {
  private scopes: readonly [Scope, Scope] | null = null;

  /** What a row says; `null` for any other line. */
  read(text: string): ParsedLine | null {
    const [, first = '', second = ''] = HEAD.exec(text) ?? [];
    const [a, b] = [scopeOf(first), scopeOf(second)];
    if (a !== '' && b !== '' && a !== b) this.scopes = [a, b];
    const row = this.scopes && ROW.exec(text);
    return row && this.scopes ? parsed(row, this.scopes) : null;
  }
}

function parsed(row: RegExpExecArray, scopes: readonly [Scope, Scope]): ParsedLine | null {
  const [, name = '', ...texts] = row;
  if (isCost(name) || !isKnown(scoped('', name))) return null;
  const slots = texts.flatMap((text, i): Slot[] => {
    const [at = -1] = row.indices?.[i + 2] ?? [];
    const scope = scopes[i] ?? '';
    const slot = { role: 'measure' as const, name: scoped(scope, name), text, at, scope };
    return Number.isNaN(Number(text)) ? [] : [slotNamed({ ...slot, value: Number(text) })];
  });
  return {
    style: 'epoch lines',
    slots: slots.map((slot) => ({ ...slot, isScoped: true })),
    scope: '',
    isAside: false,
    isFractional: false,
    isBar: false,
    countsOther: false,
    tail: 0,
    words: '',
  };
}
