import { seededRandom } from '../../../src/util/seededRandom.ts';

/** A log by an invented grammar, with what it says. */
export interface InventedLog {
  readonly text: string;
  /** Numbers of its epochs or steps. */
  readonly counted: readonly number[];
  /** The series that it reports, by the names they must have. */
  readonly series: Readonly<Record<string, readonly number[]>>;
}

type Draw = <T>(items: readonly T[]) => T;

interface Grammar {
  readonly counter: string;
  readonly total: boolean;
  readonly join: string;
  readonly sign: string;
  readonly prefix: (i: number) => string;
  readonly decimals: number;
  readonly comma: boolean;
  readonly noise: boolean;
  readonly metric: readonly [label: string, name: string];
  readonly layout: 'one line' | 'heading' | 'two lines' | 'csv' | 'json' | 'box';
  readonly start: number;
  readonly stride: number;
}

const PREFIXES: readonly ((i: number) => string)[] = [
  () => '',
  () => '',
  (i) => `2026-03-01 10:00:${String(i % 60).padStart(2, '0')},123 INFO `,
  (i) => `[03/01 10:${String(i % 60).padStart(2, '0')}:17] trainer INFO: `,
  () => 'INFO:root:',
  (i) => `I0301 10:00:${String(i % 60).padStart(2, '0')}.000001 4242 solver.cpp:228] `,
];

const NOISE = [
  'Saved checkpoint to runs/model-0017.pt',
  'UserWarning: lr_scheduler.step() before optimizer.step()',
  'GPU memory: 4.3 GB of 15.9 GB',
  'data loaded in 3.2 s',
  '',
];

const METRICS = [
  ['acc', 'accuracy'],
  ['accuracy', 'accuracy'],
  ['f1', 'f1'],
  ['auc', 'auc'],
  ['mae', 'mae'],
] as const;

function grammarOf(draw: Draw): Grammar {
  const layout = draw(['one line', 'heading', 'two lines', 'csv', 'json', 'box'] as const);
  const isText = layout === 'one line' || layout === 'two lines';
  return {
    counter: draw(isText ? ['Epoch', 'epoch', 'step', 'iter', 'Iteration'] : ['epoch']),
    total: draw([true, false]),
    join: draw([', ', ' | ', ' - ', '  ', '\t']),
    sign: draw([': ', '=', ' = ', ' ']),
    prefix: draw(PREFIXES),
    decimals: draw([3, 4, 6]),
    comma: isText && draw([true, false, false, false, false]),
    noise: draw([true, false]),
    metric: draw(METRICS),
    layout,
    start: draw([0, 1]),
    stride: isText ? draw([1, 1, 10, 100]) : 1,
  };
}

/** The log that a seed makes: random labels, separators, parts of the data, headings, noise. */
export function inventLog(seed: number): InventedLog {
  const random = seededRandom(Math.imul(seed, 2_654_435_761) >>> 0);
  const draw: Draw = (items) =>
    items[Math.floor(random.next() * items.length)] ?? (items[0] as never);
  const grammar = grammarOf(draw);
  const length = 6 + Math.floor(random.next() * 20);
  const curve = (from: number): number[] =>
    Array.from({ length }, (_, i) =>
      Number(
        (from * (0.2 + 0.8 * Math.exp(-i / 5)) + 0.01 * random.next()).toFixed(grammar.decimals),
      ),
    );
  const loss = curve(2 + random.next());
  const valLoss = curve(2.2 + random.next());
  const metric = curve(0.8);
  const counted = loss.map((_, i) => (grammar.start + i) * grammar.stride);
  const [label, name] = grammar.metric;
  const rows = counted.map((count, i) => ({
    count,
    values: [loss[i] ?? 0, metric[i] ?? 0, valLoss[i] ?? 0] as const,
  }));
  const lines = WRITERS[grammar.layout](grammar, rows, label);
  const noisy = lines.flatMap((line) =>
    grammar.noise && random.next() < 0.2 && grammar.layout !== 'json'
      ? [draw(NOISE), line]
      : [line],
  );
  return {
    text: `${noisy.join('\n')}\n`,
    counted,
    series: { loss, [name]: metric, val_loss: valLoss },
  };
}

interface Row {
  readonly count: number;
  readonly values: readonly [loss: number, metric: number, valLoss: number];
}

type Writer = (grammar: Grammar, rows: readonly Row[], label: string) => string[];

const counterOf = (
  { counter, total, sign }: Grammar,
  count: number,
  rows: readonly Row[],
): string =>
  `${counter}${sign === ' ' ? ' ' : sign}${count}${total ? `/${rows.at(-1)?.count ?? 0}` : ''}`;

function written({ decimals, comma }: Grammar, value: number): string {
  const text = value.toFixed(decimals);
  return comma ? text.replace('.', ',') : text;
}

const pair = (grammar: Grammar, name: string, value: number): string =>
  `${name}${grammar.sign}${written(grammar, value)}`;

const WRITERS: Readonly<Record<Grammar['layout'], Writer>> = {
  'one line': (grammar, rows, label) =>
    rows.map(({ count, values: [loss, metric, valLoss] }, i) =>
      [
        grammar.prefix(i) + counterOf(grammar, count, rows),
        pair(grammar, 'train_loss', loss),
        pair(grammar, label, metric),
        pair(grammar, 'val_loss', valLoss),
      ].join(grammar.comma && grammar.join === ', ' ? ' | ' : grammar.join),
    ),
  'two lines': (grammar, rows, label) =>
    rows.flatMap(({ count, values: [loss, metric, valLoss] }, i) => [
      `${grammar.prefix(i)}[Train] ${counterOf(grammar, count, rows)} | ${pair(grammar, 'loss', loss)} | ${pair(grammar, label, metric)}`,
      `${grammar.prefix(i)}[Val] ${counterOf(grammar, count, rows)} | ${pair(grammar, 'loss', valLoss)}`,
    ]),
  heading: (grammar, rows, label) =>
    rows.flatMap(({ count, values: [loss, metric, valLoss] }, i) => [
      `${grammar.prefix(i)}===== Epoch ${count}${grammar.total ? `/${rows.length}` : ''} =====`,
      `${grammar.prefix(i)}Train ${pair(grammar, 'Loss', loss)}${grammar.join}${pair(grammar, label, metric)}`,
      `${grammar.prefix(i)}Valid ${pair(grammar, 'Loss', valLoss)}`,
    ]),
  csv: (grammar, rows, label) => [
    `epoch,train_loss,${label},val_loss`,
    ...rows.map(({ count, values }) =>
      [count, ...values.map((value) => value.toFixed(grammar.decimals))].join(','),
    ),
  ],
  json: (_, rows, label) =>
    rows.map(({ count, values: [loss, metric, valLoss] }) =>
      JSON.stringify({ epoch: count, train: { loss }, [label]: metric, 'val/loss': valLoss }),
    ),
  box: (_, rows, label) =>
    rows.flatMap(({ count, values: [loss, metric, valLoss] }) => [
      '------------------------',
      `| loss       | ${loss} |`,
      `| ${label.padEnd(10)} | ${metric} |`,
      `| val_loss   | ${valLoss} |`,
      `| epoch      | ${count} |`,
      '------------------------',
    ]),
};
