import { memo } from './memo.ts';

const SCOPES: Readonly<Record<string, string>> = {
  train: '',
  training: '',
  trn: '',
  learn: '',
  val: 'val_',
  valid: 'val_',
  validation: 'val_',
  dev: 'val_',
  eval: 'val_',
  evaluation: 'val_',
  test: 'test_',
  best: 'best_',
};

const METRICS: Readonly<Record<string, string>> = {
  acc: 'accuracy',
  categoricalaccuracy: 'accuracy',
  categorical_accuracy: 'accuracy',
  learning_rate: 'lr',
  learningrate: 'lr',
  mean_absolute_error: 'mae',
  meanabsoluteerror: 'mae',
  mean_squared_error: 'mse',
  meansquarederror: 'mse',
};

const MAIN_METRICS = new Set([
  'loss',
  'accuracy',
  'mae',
  'mse',
  'rmse',
  'r2',
  'auc',
  'f1',
  'precision',
  'recall',
  'logloss',
  'error',
]);

/** The word names a part of the data (`train`, `valid` …). */
const isScope = (word: string): boolean => Object.hasOwn(SCOPES, word.toLowerCase());

/**
 * The name Keras and tfjs give a series that a log calls `key`: `train/loss` → `loss`, `eval_acc` →
 * `val_accuracy`,
 * `valid` → `val_loss`, `valid_1_auc` → `val_auc` (of several validation sets the last one counts);
 * names it does not know stay as they are, and so does XGBoost's `validation_0-…`, which is
 * whatever part of the data was named first. A running best is never a validation series:
 * `best_val` stays.
 */
export const seriesName = memo(makeSeriesName);

/** `ValLoss`: the part of the data, and the measure. */
const CAMEL = /^([Tt]rain|[Vv]al(?:id)?|[Tt]est|[Ee]val)(?=[A-Z][a-z])/;

function makeSeriesName(key: string): string {
  const words = key
    .replace(CAMEL, '$1_')
    .toLowerCase()
    .split(/[/._ -]+/)
    .filter((word) => word !== '');
  const first = words[0] ?? '';
  const last = words.at(-1) ?? '';
  if (first === 'best') return words.join('_');
  if (/^validation_\d/i.test(key)) return key;
  if (isScope(first)) return scoped(first, words.slice(isNumbered(words) ? 2 : 1));
  if (words.length > 1 && isScope(last) && last !== 'best') return scoped(last, words.slice(0, -1));
  return metricName(words.join('_')) ?? plainName(words, key);
}

const plainName = ([first = '', ...more]: readonly string[], key: string): string =>
  MAIN_METRICS.has(first) && more.length === 0 ? first : key;

/** A name may be a word that every object has (`constructor`). */
const metricName = (name: string): string | undefined =>
  Object.hasOwn(METRICS, name) ? METRICS[name] : undefined;

/** LightGBM numbers its validation sets: `valid_1_auc`. */
const isNumbered = (words: readonly string[]): boolean =>
  words.length > 2 && /^\d+$/.test(words[1] ?? '');

/** The series measures how good the model is (unlike a learning rate, a time or a step count). */
export function isMeasure(name: string): boolean {
  const plain = name.replace(/^(?:val|test)_/, '');
  return (
    MAIN_METRICS.has(plain) ||
    plain.endsWith('loss') ||
    plain.endsWith('accuracy') ||
    name.startsWith('val_')
  );
}

function scoped(scope: string, words: readonly string[]): string {
  const told = words.filter((word) => word !== 'epoch');
  const metric = (told.length > 0 ? told : words).join('_') || 'loss';
  return `${SCOPES[scope] ?? ''}${metricName(metric) ?? metric}`;
}
