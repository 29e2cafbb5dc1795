import { endOf, isWhole } from './lineWords.ts';
import type { Place } from './lineWords.ts';
import { isKnown, nameOf } from './names.ts';
import type { Token } from './tokens.ts';
import { counterOf } from './words.ts';

/** So many numbers with nothing between are values of classes, where classes have such values. */
const LEAST_IN_ROW = 4;
const IS_OF_CLASS = /iou|acc|dice|dsc|f1|ap|precision|recall$/i;
/** So many pieces a note in parentheses has at most. */
const LONGEST_NOTE = 12;

/** Goes through the pieces of a line, and tells what stands around the present one. */
export class TokenCursor {
  private readonly tokens: readonly Token[];
  private at = -1;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  /** The next piece; `undefined` at the end. */
  next(): Token | undefined {
    this.at += 1;
    return this.tokens[this.at];
  }

  /** A piece before (negative) or after the present one. */
  peek(offset: number): Token | undefined {
    return this.tokens[this.at + offset];
  }

  /** Passes over pieces. */
  skip(count: number): void {
    this.at += count;
  }

  /**
   * One space or dash alone stands between what ends at an offset and the present piece, which
   * names nothing behind it: `G_GAN: 7.024 D: 2.485`.
   */
  follows(end: number): boolean {
    const before = this.peek(-1);
    const isName = this.peek(1)?.text === ':' && this.peek(2)?.kind === 'gap';
    return !isName && before?.at === end && (before.text === ' ' || before.text === '-');
  }

  /** `reward (last 100): 3.5`: a note with a number between a name and its sign is passed over. */
  skipNote(): boolean {
    const inner: Token[] = [];
    for (let i = 1; i <= LONGEST_NOTE; i += 1) {
      const token = this.peek(i);
      if (token === undefined || ':([{'.includes(token.text)) return false;
      if (token.text === ')') return this.passNote(inner, i);
      inner.push(token);
    }
    return false;
  }

  private passNote(inner: readonly Token[], length: number): boolean {
    const next = this.peek(length + 1)?.text;
    const hasNumber = inner.some(({ kind }) => kind === 'number');
    const counts = inner.some(({ text }) => counterOf(text) !== null || text === '/');
    const isOne = inner.filter(({ text }) => text === '=').length <= 1;
    const isNote = (next === ':' || next === '=') && hasNumber && !counts && isOne;
    if (isNote) this.skip(length);
    return isNote;
  }

  /** A gap and a number stand behind the present piece. */
  isBeforeNumber(): boolean {
    return this.peek(1)?.kind === 'gap' && this.peek(2)?.kind === 'number';
  }

  /** The present sign stands apart from the words beside it. */
  isBetweenGaps(): boolean {
    return this.peek(-1)?.kind !== 'word' || this.peek(1)?.kind === 'gap';
  }

  /** The present piece is all that stands in parentheses. */
  isEnclosed(): boolean {
    return this.peek(-1)?.text === '(' && this.peek(1)?.text === ')';
  }

  /** `top 5 acc: 0.9`: a whole number between words. */
  isInside(token: Token): boolean {
    const isBetween = this.peek(1)?.text === ' ' && this.peek(2)?.kind === 'word';
    return isBetween && isWhole(token) && token.unit === '';
  }

  /** The present piece stands right behind a square bracket. */
  isInBracket(): boolean {
    return this.before()?.text === '[';
  }

  /** `± 0.1`, `(+0.002)`: not the value itself. */
  isDeviation({ text }: Token): boolean {
    const sign = this.before();
    return sign?.text === '±' || (text.startsWith('+') && sign?.text === '(');
  }

  /** `10%|`: how far a bar is. */
  private isOfBar({ unit }: Token): boolean {
    return unit === '%' && this.peek(1)?.text === '|';
  }

  /** `12 - 7`: what two sides won. */
  isScore(): boolean {
    const [gap, dash, next, other] = [1, 2, 3, 4].map((offset) => this.peek(offset));
    const isApart = gap?.kind === 'gap' && dash?.text === '-' && next?.kind === 'gap';
    return isApart && isWhole(other) && !other.text.includes('.');
  }

  /** `train-12`: a whole number that a dash joins to a word is a label. */
  isSuffix({ text }: Token): boolean {
    const [dash, word] = text.startsWith('-')
      ? [text[0], this.peek(-1)]
      : [this.peek(-1)?.text, this.peek(-2)];
    return dash === '-' && word?.kind === 'word' && /^-?\d+$/.test(text);
  }

  /** A part of a bar, of a list, or of a name. */
  isNoValue(
    token: Token,
    { sealed, words }: { readonly sealed: boolean; readonly words: readonly string[] },
  ): boolean {
    if (this.isOfBar(token) || this.beginsList()) return true;
    if (!sealed) return this.isLabel(token);
    const { name } = nameOf(words);
    return (this.isOfList(token) && !isKnown(name)) || (IS_OF_CLASS.test(name) && this.beginsRow());
  }

  /** `IoU: [0.9, 0.8, 0.7]`: the first of many, of classes or thresholds. */
  private beginsList(): boolean {
    const isNext = [1, 2].some(
      (gap) => this.peek(gap)?.text === ',' && this.tokenBehind(gap)?.kind === 'number',
    );
    return this.isInBracket() && isNext;
  }

  /** `IoU: 37.9 0.0 0.03 0.1`: nothing but spaces between, of classes. */
  private beginsRow(): boolean {
    const isNext = (i: number): boolean =>
      this.peek(2 * i - 1)?.kind === 'gap' &&
      this.peek(2 * i)?.kind === 'number' &&
      this.peek(2 * i)?.unit === '';
    const end = this.peek(2 * LEAST_IN_ROW - 1)?.kind ?? 'gap';
    return end === 'gap' && Array.from({ length: LEAST_IN_ROW - 1 }, (_, i) => i + 1).every(isNext);
  }

  private tokenBehind(offset: number): Token | undefined {
    return this.tokens[this.pastGap(this.at + offset + 1)];
  }

  /** `cards: 8 6 4`: whole numbers with nothing but spaces between are no value. */
  private isOfList(token: Token): boolean {
    const [gap, next, end] = [1, 2, 3].map((offset) => this.peek(offset));
    const isNext = gap?.kind === 'gap' && isWhole(next) && next.unit === '';
    return isNext && isWhole(token) && token.unit === '' && (end ?? gap).kind === 'gap';
  }

  /** `Prec@1 05 62.5`: a whole number before the value may be of the name. */
  private isLabel(token: Token): boolean {
    const value = this.peek(1)?.kind === 'gap' ? this.peek(2) : undefined;
    const isValue = value?.kind === 'number' && value.text.includes('.');
    return isValue && isWhole(token) && !token.text.includes('.') && token.unit === '';
  }

  /** `3/50`, `3 / 50`, `3 of 50`: the total, and where it ends; it is passed over. */
  takeTotal(token: Token): Pick<Place, 'total' | 'totalAt' | 'end'> {
    const mark = this.pastGap(this.at + 1);
    const isTotal = this.tokens[mark]?.text === '/' || this.tokens[mark]?.text === 'of';
    const at = this.pastGap(mark + 1);
    const total = isTotal ? this.tokens[at] : undefined;
    if (!isWhole(total) || !isWhole(token)) return { total: null, totalAt: -1, end: endOf(token) };
    this.at = at;
    return { total: total.value, totalAt: total.at, end: endOf(total) };
  }

  private before(): Token | undefined {
    const before = this.peek(-1);
    return before?.kind === 'gap' ? this.peek(-2) : before;
  }

  private pastGap(at: number): number {
    return this.tokens[at]?.kind === 'gap' ? at + 1 : at;
  }
}
