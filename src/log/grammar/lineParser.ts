import { inEnglish } from './languages.ts';
import { measureOf } from './measureSlot.ts';
import { isKnown, nameOf } from './names.ts';
import { NamesBehind } from './namesBehind.ts';
import type { Slot } from './slots.ts';
import {
  meanSlot,
  mayCount,
  counterNamed,
  counterWord,
  isValueOf,
  saysSomething,
  withUnit,
  withoutStops,
  canCount,
  toldIn,
  isWhole,
  slotOf,
} from './lineWords.ts';
import type { Place } from './lineWords.ts';
import { TokenCursor } from './tokenCursor.ts';
import type { Token } from './tokens.ts';
import { withUnsure } from './unsureNames.ts';
import {
  changesSettings,
  counterOf,
  isLevel,
  isNeutral,
  isNumbering,
  isPlural,
  isStop,
  looksBack,
  scopeOf,
} from './words.ts';
import type { Scope } from './words.ts';

/** Behind so many values two numbers without a name are a share. */
const MOST_BEFORE_COUNTER = 3;
/** `Time taken for 1 epoch` tells how many, not which. */
const SPAN = /^(?:for|per|in)$/i;
/** A name before a comma has no more words. */
const MOST_WORDS = 3;

/** Reads the pieces of a line from left to right; each once. */
export class LineParser {
  scope: Scope = '';
  isAside = false;
  /** The name of a value told the part of the data, not words before it. */
  private isLent = false;
  /** The part of the data that stands before a bar. */
  private ofBar: Scope = '';
  readonly said: string[] = [];
  private readonly cursor: TokenCursor;
  private readonly slots: Slot[] = [];
  private words: string[] = [];
  /** Words before a counter in the same phrase: `Score at iteration 3 is`. */
  private carry: readonly string[] = [];
  private sealed = false;
  private open: number[] = [];
  private opened = 0;
  /** How many words had been said at the first counter. */
  private counterAt = -1;
  /** It tells the result of the whole. */
  private isFinal = false;
  /** Where the numbers stand that a word names without a sign between. */
  private readonly unsure: number[] = [];
  private measures = 0;
  private readonly behind = new NamesBehind();
  private readonly isDict: boolean;

  constructor(tokens: readonly Token[], isDict: boolean) {
    this.cursor = new TokenCursor(tokens);
    this.isDict = isDict;
  }

  read(): readonly Slot[] {
    for (let token = this.cursor.next(); token; token = this.cursor.next()) this.take(token);
    this.flush();
    this.isAside ||= this.isFinal && this.counterAt < 0;
    const beside = { isCounted: this.counterAt >= 0, said: this.behindCounter() };
    const { slots, unsure, measures } = this;
    return this.behind.applied(withUnsure(slots, unsure, { ...beside, measures }));
  }

  private take(token: Token): void {
    if (token.kind === 'number') this.number(token);
    else if (token.kind === 'word') this.word(token.text);
    else if (token.kind === 'sign') this.sign(token.text);
    else if (token.kind === 'gap') this.gap(token.text);
    else this.flush();
  }

  /** How many words that name nothing stand behind the first counter. */
  tail(): number {
    return this.behindCounter().filter((word) => saysSomething(word)).length;
  }

  private behindCounter(): readonly string[] {
    return this.counterAt < 0 ? [] : this.said.slice(this.counterAt);
  }

  private word(text: string): void {
    if (this.words.length === 0 && this.takesUnit(text)) return;
    const words = inEnglish(text);
    if ((words.some(looksBack) && this.counterAt < 0) || changesSettings(text)) this.isAside = true;
    this.isFinal ||= /^final$/i.test(text);
    if (this.sealed) this.flush();
    this.words.push(...words);
  }

  /** Right after a number: its unit, or what it counts. */
  private takesUnit(text: string): boolean {
    const last = this.slots.at(-1);
    const isSum = isPlural(text) && this.slots.some(({ role }) => role === 'measure');
    const follows = last !== undefined && !isSum && this.cursor.follows(last.end);
    this.behind.isBehind = follows;
    const isSpan = SPAN.test(this.said.at(-1) ?? '');
    const known = follows && !isSpan ? withUnit(last, text) : null;
    if (known) this.slots[this.slots.length - 1] = known;
    return known !== null;
  }

  private gap(text: string): void {
    const next = this.cursor.peek(1);
    const wide = text.length > 1 || text === '\t';
    if (wide && !this.sealed && next?.kind === 'word' && this.words.length > 0) this.flush();
  }

  private sign(text: string): void {
    if (text === "'" && this.cursor.peek(1)?.text === 's') this.cursor.skip(1);
    else if (':='.includes(text)) this.seal();
    else if ('([{'.includes(text)) this.opens();
    else if (')]'.includes(text)) this.close();
    else if (text === '%') this.percent();
    else this.divide(text);
  }

  private opens(): void {
    if (this.words.length > 0 && !this.sealed && this.cursor.skipNote()) return;
    this.open.push(this.words.length);
    this.opened += 1;
  }

  private divide(text: string): void {
    if (text === ',' && this.isBeforeItsNumber()) {
      this.sealed = true;
      return;
    }
    if (text === ',') this.behind.take(this.slots.at(-1), this.words);
    if (',;|>}/'.includes(text) || (text === '-' && this.cursor.isBetweenGaps())) this.flush();
  }

  private seal(): void {
    if (this.words.every(isLevel)) this.words = [];
    this.sealed = this.words.length > 0;
    const [only] = this.slots;
    const isLead = only?.role === 'lead' && this.slots.length === 1 && this.open.length === 0;
    if (this.words.length === 0 && isLead && this.opened === 0)
      this.slots[0] = this.count({ ...only, role: 'step', name: 'round' });
  }

  /** `total loss, 0.838` */
  private isBeforeItsNumber(): boolean {
    const { length } = this.words;
    const isName = length > 0 && length <= MOST_WORDS && isKnown(nameOf(this.words).name);
    return isName && !this.behind.isBehind && this.cursor.isBeforeNumber();
  }

  private close(): void {
    const from = Math.min(this.open.pop() ?? 0, this.words.length);
    const inner = this.words.splice(from);
    if (from === 0) this.section(inner);
    else this.words.push(...toldIn(inner, this.cursor.peek(1)?.text));
  }

  private percent(): void {
    const last = this.slots.at(-1);
    if (last && last.end >= (this.cursor.peek(0)?.at ?? 0) - 1)
      this.slots[this.slots.length - 1] = { ...last, isPercent: true };
  }

  /** The words so far name no number: they may name the part of the data for what follows. */
  private flush(): void {
    this.section(this.words);
    this.words = [];
    this.carry = [];
    this.sealed = false;
  }

  private section(words: readonly string[]): void {
    const word = words.findLast((one) => scopeOf(one) !== '');
    if (word !== undefined) [this.scope, this.isLent] = [scopeOf(word), false];
    this.said.push(...words);
  }

  private number(token: Token): void {
    if (this.cursor.isDeviation(token)) return;
    if (isNumbering(this.words.at(-1) ?? '') && this.cursor.isInside(token)) {
      this.words.push(token.text);
      return;
    }
    const isBracketed = this.cursor.isInBracket();
    const place = { token, isBracketed, ...this.cursor.takeTotal(token) };
    if (this.isMean(token)) this.slots.push(meanSlot(place, this.slots.at(-1)));
    else if (this.words.length > 0 || this.carry.length > 0) this.named(place);
    else this.slots.push(this.unnamed(place));
    this.sealed = false;
  }

  private isMean(token: Token): boolean {
    const last = this.slots.at(-1);
    if (last?.role !== 'measure' || last.total !== null || this.words.length > 0) return false;
    if (token.value < 0 && last.value >= 0) return false;
    return this.cursor.isEnclosed() && token.at - last.end <= 2;
  }

  private unnamed(place: Place): Slot {
    const { token, total, isBracketed } = place;
    const slot = slotOf(place);
    const whole = isWhole(token) && token.value >= 0;
    const isBar = this.cursor.peek(2)?.text === '[';
    const counted = whole && !isBar ? counterOf(token.unit.replace('/', ' ')) : null;
    if (counted !== null) return this.count({ ...slot, role: counted, name: token.unit });
    if (!this.mayCount(place)) return slot;
    if (total === null) return this.count({ ...slot, ...this.leading(isBracketed) });
    const isFirst = isBracketed && this.slots.length === 0;
    return this.count({ ...slot, role: isFirst ? 'epoch' : 'step', name: '' });
  }

  private mayCount(place: Place): boolean {
    const isRatio = place.total !== null && this.measures >= MOST_BEFORE_COUNTER;
    return mayCount(place, this.slots.at(-1)) && !isRatio && !this.cursor.isScore();
  }

  private count(slot: Slot): Slot {
    if (this.counterAt < 0 && (slot.role === 'epoch' || slot.role === 'step'))
      this.counterAt = this.said.length;
    return slot;
  }

  /** A whole number by itself at the start of a line: `[3]` counts, `3` may. */
  private leading(isBracketed: boolean): Pick<Slot, 'role' | 'name'> {
    if (this.slots.length > 0 || this.said.length > 0) return { role: 'other', name: '' };
    const closes = this.cursor.peek(1)?.text === ']';
    return isBracketed && closes ? { role: 'epoch', name: 'round' } : { role: 'lead', name: '' };
  }

  private named(place: Place): void {
    const carried = this.words.every(isNeutral) ? withoutStops(this.carry) : [];
    const words = [...carried, ...this.words];
    const last = this.words.at(-1) ?? '';
    this.words = [];
    if (this.sealed && this.carry.some(isStop)) words.unshift(...this.carry);
    const isOpen = !this.sealed && isStop(last) && this.carry.length === 0;
    if (isOpen) this.carry = words;
    if (isOpen || this.cursor.isSuffix(place.token)) return this.saidOf(words, place);
    this.carry = [];
    const counter = this.counterSlot(words, place);
    const isNone = this.cursor.isNoValue(place.token, { sealed: this.sealed, words });
    if (isNone) this.ofBar = scopeOf(words.find((word) => scopeOf(word) !== '') ?? '');
    this.slots.push(counter ?? (isNone ? slotOf(place) : this.measureSlot(words, place)));
  }

  /** A number that its words do not name. */
  private saidOf(words: readonly string[], place: Place): void {
    this.said.push(...words);
    this.slots.push(slotOf(place));
  }

  private counterSlot(words: readonly string[], place: Place): Slot | null {
    const { token, total, isBracketed } = place;
    const last = counterWord(words);
    const onlyScope = total !== null && isBracketed && last === '';
    const named = total === null ? last : (last.split('/')[0] ?? last);
    const kind = onlyScope ? 'epoch' : counterNamed(named, total);
    if (kind === null || !canCount(token, kind) || isValueOf(words, token)) return null;
    this.section(words.filter((word) => scopeOf(word) !== ''));
    this.carry = withoutStops(
      words.filter((word) => word !== last && scopeOf(word) === '' && !isNeutral(word)),
    );
    return this.count({ ...slotOf(place), role: kind, name: last });
  }

  private measureSlot(words: readonly string[], place: Place): Slot {
    const { sealed, isDict } = this;
    const { slot, isOther, isUnsure, isSetting } = measureOf(words, place, { sealed, isDict });
    this.isAside ||= isSetting;
    // `Val Loss: 0.35 Acc: 0.9`: what follows is of the same part of the data.
    if (slot.isScoped && words.length > 1) {
      this.scope = slot.scope;
      this.isLent = true;
    }
    if (isOther) this.said.push(...words);
    if (isUnsure) this.unsure.push(this.slots.length);
    if (slot.role === 'measure') this.measures += 1;
    return slot.isScoped ? slot : { ...slot, scope: this.scope || this.ofBar, isLent: this.isLent };
  }
}
