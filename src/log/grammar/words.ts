import { memo } from '../memo.ts';

/** The parts of the data a log may speak of. */
export type Scope = '' | 'train' | 'val' | 'test';

const SCOPES: ReadonlyMap<string, Scope> = new Map([
  ...['train', 'training', 'trn', 'learn', 'trainer'].map((word) => [word, 'train'] as const),
  ...['val', 'valid', 'validation', 'validating', 'validate', 'dev', 'devel', 'eval'].map(
    (word) => [word, 'val'] as const,
  ),
  ...['evaluation', 'evaluating', 'evaluate', 'holdout', 'heldout'].map(
    (word) => [word, 'val'] as const,
  ),
  ...['test', 'testing', 'tst'].map((word) => [word, 'test'] as const),
]);

/** The part of the data that a word names; empty for any other word. */
export const scopeOf = memo((word: string): Scope => {
  if (word === 'trainer') return '';
  const plain = word.toLowerCase();
  const [, core = ''] = COMPOUND.exec(plain) ?? [];
  return SCOPES.get(plain) ?? SCOPES.get(core) ?? '';
});

/** `Test-Set`, `valset`, `Diff-Val`: the part of the data in a word of two. */
const COMPOUND =
  /^(?:(?!loss|acc|err|auc|f1|iou|score|cross)[a-z]{2,12}-)?(train|valid|val|dev|test)(?:[-_]?(?:set|data|split))?$/;

const EPOCH = /^(?:epoch|ep|epoche|epoka|época|эпоха|轮次)$/i;
/** More than one: how many there are in all. */
export const isPlural = (word: string): boolean =>
  /(?:step|iteration|episode|generation|round|update|tick|batche)s$/i.test(word);

const STEP =
  /^(?:(?:global_?|train(?:ing)?_?|total_?|num_?|current_?)?(?:(?:time_?)?step|iter|iteration|update|itr)(?:s|_?idx|_?index|_?num)?|it|batch(?:es|_?id|_?idx|_?index|_?num(?:ber)?|_?no)?|mini-?batch|tick|trained_samples|episodes?|generations?|gen|epis|rounds?|gs)$/i;

/** What a counter counts. */
export type CounterKind = 'epoch' | 'step';

/** The counter that a word names; `null` for any other word. Totals (`epochs`) are none. */
export function counterOf(word: string): CounterKind | null {
  const [first = '', ...others] = word.split('/');
  if (others.length > 0 && STEP.test(first)) return null;
  const last = others.at(-1) ?? first;
  if (EPOCH.test(last)) return 'epoch';
  return STEP.test(last) ? 'step' : null;
}

/** A counter of a whole run, not of one epoch. */
export const isGlobal = (word: string): boolean => /global|total|num_?upd|current/i.test(word);

const NEUTRAL = new Set(
  `avg average averaged mean running overall epoch step iter iteration info debug done finished
   completed complete completes with and has had null none nil results result final current now
   is was are total cumulative set net output took phase stage summary log on-epoch
   so far currently`.split(/\s+/),
);

/** Words beside a name that say nothing about which series it is. */
export const isNeutral = memo((word: string): boolean => NEUTRAL.has(word.toLowerCase()));

/** How important a line is, as loggers say. */
export const isLevel = (word: string): boolean => /^(?:info|debug|warn|warning)$/i.test(word);

const STOP = new Set(
  `of the on in for at from to over by after until per a an than
   did not`.split(/\s+/),
);

/** A whole number behind it belongs to the name: `top 5 acc`. */
export const isNumbering = (word: string): boolean => /^(?:top|class|task|head|scale)$/i.test(word);

/** Small words, not a phoneme error rate: what stands before one names no number after it. */
export const isStop = (word: string): boolean => word !== 'PER' && STOP.has(word.toLowerCase());

/** A line that speaks of an earlier or a best epoch, or of a file, reports none. */
export const looksBack = memo((word: string): boolean =>
  /^(?:best|resum\w*|restor\w*|load\w*|sav\w*|checkpoint\w*|from|until|after|last|since|early|every|improved|reducing|restarting)$/i.test(
    word,
  ),
);

/** A number beside it names a file, or the best model so far. */
export const isSaved = memo((word: string): boolean => /^sav(?:ed|ing)$/i.test(word));

/** What a line does to the settings: it reports nothing, wherever in it that stands. */
export const changesSettings = (word: string): boolean =>
  /^(?:reducing|restarting|decaying|adjusting|decreasing)$/i.test(word);

/** Arguments of a run: a line that prints one prints settings. */
export const isSetting = memo((word: string): boolean =>
  /^(?:batch_?size|epochs|num_?epochs?|n_?epochs?|max_?epochs?|seed|dropout|weight_?decay|momentum|workers|num_?workers|hidden(?:_?size|_?dim)?|namespace|config\w*|args|optimizer|max_?len\w*|max_?steps|max_?iters?|vocab_?size|num_?layers|n_?layers?)$/i.test(
    word,
  ),
);

/** Time, speed or memory by the name. */
export const isCost = memo((name: string): boolean =>
  /^(?:.*_)?(?:time|eta|elapsed|duration|sec|secs|seconds|speed|ips|fps|mem|memory|gpu_?mem\w*|max_?mem\w*|rss|throughput|took|mfu|wps|ups|wpb|bsz|wall|remaining|dt|lrm|it\/s|it\/sec|tok\/s|\w+_per_second|\w*tok\w*\/s\w*|samples\/s\w*|train_wall|data|iter_time|\w*_time|ms|tps|runtime|\w+_cost|time_\w+|\w*memory_[kmg]b|data_?time|time_?stamp|percent(?:age)?(?:_complete)?|v_num)$/i.test(
    name,
  ),
);

/** A unit that makes a number a time, a speed or an amount of memory. */
export const isCostUnit = memo((unit: string): boolean =>
  /^(?:[mun]?s|secs?|seconds?|min|mins|minutes?|h|hrs?|hours?|d|days?|[kmgt]i?b?|[kmgt]bytes?|bytes?|px|[\w.]*\/(?:s|sec|second|step|it|iter|iteration|batch|epoch|sample|min|h|hr|img|image)|hz|w|°c)$/i.test(
    unit,
  ),
);
