import { memo } from '../memo.ts';
import { isMeasure, seriesName } from '../seriesName.ts';
import { isNeutral, isStop, scopeOf } from './words.ts';
import type { Scope } from './words.ts';

/** What the words before a number make of it. */
export interface Name {
  /** The series, without the part of the data where the words do not name one; empty: none. */
  readonly name: string;
  /** The part of the data its own words name. */
  readonly scope: Scope;
  /** Nothing but a part of the data: `Train: 0.81`. */
  readonly isBare: boolean;
}

/** The name of a series by its words: `['Average', 'training', 'loss']` → `loss` of training. */
export function nameOf(words: readonly string[]): Name {
  const told = namingIn(words);
  const scope = scopeIn(words);
  const kept = told.filter((word, i) => !isNeutral(word) && !isOfValue(word, told[i + 1]));
  const own = kept.filter((word) => scopeOf(word) === '');
  const core = own.length > 0 || kept.length === told.length ? own : ownName(told);
  if (core.length === 0)
    return { name: '', scope, isBare: scope !== '' && told.length === words.length };
  const key = core.join('_');
  return {
    name: scope === '' ? seriesName(key) : scoped(scope, key),
    scope: scope || scopeOfKey(key),
    isBare: false,
  };
}

/** `loss value`; what stands before another word is its name: `Value loss`. */
const isOfValue = (word: string, next: string | undefined): boolean =>
  next === undefined && /^value$/i.test(word);

/** Only small talk before the number: then the last of it is the name (`step`, `total`). */
const ownName = (told: readonly string[]): readonly string[] => {
  const last = told.findLast((word) => scopeOf(word) === '');
  return last === undefined || isStop(last) ? [] : [last];
};

const PREFIX: Readonly<Record<Scope, string>> = { '': '', train: '', val: 'val_', test: 'test_' };

/** A name with the part of the data it is of; a name that says so itself stays. */
export function scoped(scope: Scope, key: string): string {
  const name = seriesName(key);
  if (scopeOfKey(key) !== '' || name.startsWith('best')) return name;
  return `${PREFIX[scope]}${name}`;
}

const scopeOfKey = memo((key: string): Scope => {
  const pieces = key.split(/[/._ -]+/).filter((piece) => piece !== '');
  const first = scopeOf(pieces[0] ?? '');
  return first === '' && pieces.length > 1 ? scopeOf(pieces.at(-1) ?? '') : first;
});

/** `The result of A is test acc` is an accuracy: what stands last where only that is known. */
function namingIn(words: readonly string[]): readonly string[] {
  const told = beforeStop(words);
  const last = words.findLastIndex((word) => /^(?:is|was)$/i.test(word)) + 1;
  const tail = words.slice(last);
  const isLate = last > 0 && tail.length > 0 && told.length < words.length;
  return isLate && !isKnownOf(told) && isKnownOf(tail) ? tail : told;
}

const isKnownOf = (words: readonly string[]): boolean =>
  isKnown(seriesName(words.filter((word) => scopeOf(word) === '').join('_')));

/** `Accuracy of the network on …` is an accuracy. */
function beforeStop(words: readonly string[]): readonly string[] {
  const stop = words.findIndex((word, i) => i > 0 && isStop(word));
  return stop < 0 ? words : words.slice(0, stop);
}

const scopeIn = (words: readonly string[]): Scope => {
  const word = words.findLast((one) => scopeOf(one) !== '');
  return word === undefined ? '' : scopeOf(word);
};

const KNOWN =
  /(?:^|[_/.@-])(?:loss(?:[a-z\d]*|_[a-z\d]{1,12}){1,3}|accuracy|acc|acc@?\d|top-?[15]\w*|prec@\d|mae|mse|rmse|r2|auc|f1|f1score|fscore|precision|recall|logloss|error|perplexity|ppl|bpb|bleu(?:[-_@]?\d)?|wer|cer|iou|miou|dice|dsc|map|map@?[\d.:-]*|ap|psnr|ssim|fid\w*|score|rew|reward|return|epe|kl|elbo|nll|bce|ce|rouge[-\w]*|grad_?norm|gnorm|lr|learning_rate|xent|cost|mape|mrr|hits@\d+|ndcg\S*|mcc|kappa|spearman|pearson|em|rank-\d|\w*celoss)(?:_mean)?$/i;

/** A name that may stand before a number with nothing but a space between. */
export const isKnown = memo(isKnownName);

function isKnownName(name: string): boolean {
  const plain = name.replace(/^(?:val|test)_/, '');
  return !NO_GRADE.test(plain) && (isMeasure(plain) || KNOWN.test(plain));
}

const NO_GRADE = /loss_?scale|^loss_[a-z]+_[a-z]+_[a-z]+_/i;

/** A name that says how good the model is, and not how training is set. */
export const isGrade = (name: string): boolean =>
  isKnown(name) && !/(?:^|_)(?:lr\w*|learning_rate|grad_?norm|gnorm|norm)$/i.test(name);
