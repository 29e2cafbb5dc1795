type Values = readonly (number | null)[];
type Series = Readonly<Record<string, Values>>;

/** A series with the name it is spoken of by: its own, or those it is the sum of. */
interface NamedSeries {
  readonly name: string;
  readonly values: Values;
}

/** What stands for the loss of a log. */
export interface LossSeries {
  readonly loss: NamedSeries | null;
  readonly valLoss: NamedSeries | null;
  /**
   * Why these were taken, for people; `null` where the log itself calls them loss (or there is
   * none).
   */
  readonly why: string | null;
}

/**
 * Losses that are called otherwise, the ones most often minimised first, and what they are. Lower
 * is better for each of them. LightGBM and XGBoost (docs: "Parameters", metric and eval_metric)
 * write them; shares of errors are no losses, and are not taken.
 */
const LOSSES_BY_NAME: Readonly<Record<string, string>> = {
  ...all('a logarithmic loss, what classifiers minimise', [
    'logloss',
    'binary_logloss',
    'multi_logloss',
    'mlogloss',
    'log_loss',
    'cross_entropy',
    'crossentropy',
    'xentropy',
    'nll',
    'bce',
  ]),
  ...all('a squared error, what regressions minimise', ['mse', 'l2', 'rmse', 'l2_root', 'rmsle']),
  ...all('an absolute error, what robust regressions minimise', [
    'huber',
    'mphe',
    'quantile',
    'l1',
    'mae',
    'mape',
  ]),
};

/**
 * The parts that Ultralytics logs; already weighted, their sum is what it minimises
 * (`ultralytics/utils/loss.py`).
 */
const PARTS = [
  'box_loss',
  'giou_loss',
  'pose_loss',
  'kobj_loss',
  'seg_loss',
  'obj_loss',
  'cls_loss',
  'dfl_loss',
];

/**
 * Which series is the loss: the one called so; else one whose name says that it is one. Never one
 * whose name leaves that open.
 */
export function lossSeries(series: Series): LossSeries {
  if (series['loss'] || series['val_loss']) return { ...pairOf(series, ['loss']), why: null };
  return (
    byTotal(series) ??
    byKnownName(series) ??
    byParts(series) ??
    byOrder(series) ??
    byOnlyLoss(series) ?? { loss: null, valLoss: null, why: null }
  );
}

/** The sum that the log itself makes of the parts it names. */
function byTotal(series: Series): LossSeries | null {
  const name = ['total_loss', 'loss_total'].find((one) => hasEither(series, one));
  return name === undefined
    ? null
    : { ...pairOf(series, [name]), why: 'the total that the log itself makes of its losses' };
}

function byKnownName(series: Series): LossSeries | null {
  const found = Object.entries(LOSSES_BY_NAME).find(([name]) => hasEither(series, name));
  return found ? { ...pairOf(series, [found[0]]), why: found[1] } : null;
}

function byParts(series: Series): LossSeries | null {
  const [training, validation] = [
    PARTS.filter((name) => series[name]),
    PARTS.filter((name) => series[`val_${name}`]),
  ];
  const shared = training.filter((name) => validation.includes(name));
  // A sum of other parts would be no measure of the gap.
  const parts =
    training.length > 0 && validation.length > 0 ? shared : [...training, ...validation];
  if (parts.length === 0) return null;
  return {
    ...pairOf(series, parts),
    why:
      parts.length === 1
        ? 'the only part of the loss that is logged'
        : 'the sum of its logged parts',
  };
}

/** XGBoost numbers what it evaluates on in the order it was given, and stops early by the last. */
function byOrder(series: Series): LossSeries | null {
  const numbered = Object.keys(series).flatMap((name) => {
    const [, part = '', metric = ''] = /^validation_(\d+)-(.+)$/.exec(name) ?? [];
    return Object.hasOwn(LOSSES_BY_NAME, metric)
      ? [{ name, part: Number(part), why: LOSSES_BY_NAME[metric] ?? '' }]
      : [];
  });
  const last = numbered.reduce<(typeof numbered)[number] | null>(
    (best, one) => (best && best.part >= one.part ? best : one),
    null,
  );
  if (!last) return null;
  const why = `${last.why}, on the last part given for evaluation, which early stopping goes by`;
  return { loss: null, valLoss: { name: last.name, values: series[last.name] ?? [] }, why };
}

function byOnlyLoss(series: Series): LossSeries | null {
  const names = new Set(
    Object.keys(series)
      .map((name) => name.replace(/^val_/, ''))
      .filter((name) => /[_-]loss$/.test(name) && !/^(?:best|test)_/.test(name)),
  );
  const [only] = names;
  return only !== undefined && names.size === 1
    ? { ...pairOf(series, [only]), why: 'the only loss in the log' }
    : null;
}

const hasEither = (series: Series, name: string): boolean =>
  Object.hasOwn(series, name) || Object.hasOwn(series, `val_${name}`);

const pairOf = (
  series: Series,
  names: readonly string[],
): Pick<LossSeries, 'loss' | 'valLoss'> => ({
  loss: sumOf(series, names),
  valLoss: heldOut(series, names, 'val_') ?? heldOut(series, names, 'test_'),
});

/** Many logs hold out a test part alone, and measure it at every epoch. */
const heldOut = (
  series: Series,
  names: readonly string[],
  prefix: 'val_' | 'test_',
): NamedSeries | null =>
  sumOf(
    series,
    names.map((name) => `${prefix}${name}`),
  );

/** The sum of the series that are there; an epoch that lacks one of them has none. */
function sumOf(series: Series, names: readonly string[]): NamedSeries | null {
  const parts = names.flatMap((name) => (series[name] ? [{ name, values: series[name] }] : []));
  const [first] = parts;
  if (!first) return null;
  const values = first.values.map((_, i) =>
    parts.reduce<number | null>((sum, part) => plus(sum, part.values[i] ?? null), 0),
  );
  return {
    name: parts.map(({ name }) => name).join(' + '),
    values: parts.length === 1 ? first.values : values,
  };
}

const plus = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : a + b;

function all(why: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, why]));
}
