import { metricUnknown } from '../../data/errors.ts';
import type { OutputLayout } from '../../data/types.ts';
import { metricKeys, type Metrics } from '../evaluator.ts';
import { nameOf } from '../order.ts';
import type { ReadOutput } from '../readOutput.ts';
import { metricNamed, metricNames } from './named.ts';
import { collector, type Collector } from './collector.ts';
import type { Rows } from './seen.ts';

/** A metric of the user's: for several outputs it gets the rows of each under its name. */
export type UserMetric = (
  predictions: Rows | Readonly<Record<string, Rows>>,
  targets: Rows | Readonly<Record<string, Rows>>,
) => unknown;

/** The metrics of a study beside those that every trial logs. */
export interface StudyMetrics {
  /** Every key a trial of the study logs. */
  readonly keys: readonly string[];
  /** Gathers what one part is measured by. */
  open(outputs: readonly ReadOutput[]): Further;
}

interface Further {
  add(index: number, predictions: ArrayLike<number>, targets: ArrayLike<number>): void;
  result(): Metrics;
}

/**
 * The metrics that a study asks for by name (`val_f1` → `f1`), for data of these outputs. Throws an
 * `input` error that lists those there are.
 */
export function studyMetrics(
  wanted: readonly string[],
  outputs: readonly OutputLayout[],
  own: ReadonlyMap<string, UserMetric>,
): StudyMetrics {
  const base = baseKeys(outputs);
  const known = outputs.flatMap((output, index) => namesOf(output, index, outputs.length));
  const further = [...new Set(wanted.map(bare))].filter((name) => !base.includes(name));
  const unknown = further.find((name) => !known.includes(name) && !isTop(name) && !own.has(name));
  if (unknown !== undefined)
    throw metricUnknown(asWritten(unknown, wanted), [
      ...base,
      ...[...base, ...known, ...own.keys()].map((key) => `val_${key}`),
    ]);
  return {
    keys: [...base, ...[...base, ...further].map((key) => `val_${key}`)],
    open: (read) => gather(read, further, own),
  };
}

/** `val_f1` and `test_f1` are `f1` on a part. */
const bare = (key: string): string => key.replace(/^(val|test)_/, '');

const asWritten = (name: string, wanted: readonly string[]): string =>
  wanted.find((key) => bare(key) === name) ?? name;

const isTop = (name: string): boolean => /(^|_)top_?\d+$/.test(name);

const prefixOf = (output: OutputLayout, index: number, count: number): string =>
  count === 1 ? '' : `${nameOf(output, index)}_`;

const namesOf = (output: OutputLayout, index: number, count: number): readonly string[] =>
  metricNames(output.task).map((name) => prefixOf(output, index, count) + name);

function baseKeys(outputs: readonly OutputLayout[]): readonly string[] {
  const own = outputs.flatMap((output, index) =>
    metricKeys(output.task)
      .filter((key) => !key.startsWith('val_'))
      .map((key) => prefixOf(output, index, outputs.length) + key),
  );
  return outputs.length === 1 ? own : ['loss', ...own];
}

function gather(
  read: readonly ReadOutput[],
  names: readonly string[],
  own: ReadonlyMap<string, UserMetric>,
): Further {
  const seen = read.map(collector);
  return {
    add: (index, predictions, targets) => {
      if (names.length > 0) seen[index]?.add(predictions, targets);
    },
    result: () =>
      Object.fromEntries(names.map((name) => [name, valueOf(name, { read, seen, own })])),
  };
}

interface Gathered {
  readonly read: readonly ReadOutput[];
  readonly seen: readonly Collector[];
  readonly own: ReadonlyMap<string, UserMetric>;
}

function valueOf(name: string, { read, seen, own }: Gathered): number {
  const metric = own.get(name);
  if (metric) return ofUser(metric, read, seen);
  for (const [index, { output }] of read.entries()) {
    const prefix = prefixOf(output, index, read.length);
    const known = name.startsWith(prefix) && metricNamed(name.slice(prefix.length), output.task);
    if (known && seen[index]) return known(seen[index].seen());
  }
  return NaN;
}

/** What is no number is `NaN`: the trial then says which metric stopped being one. */
function ofUser(
  metric: UserMetric,
  read: readonly ReadOutput[],
  seen: readonly Collector[],
): number {
  const all = (of: (each: Collector) => Rows): Rows | Record<string, Rows> => {
    const rows = seen.map(of);
    return rows.length === 1 && rows[0]
      ? rows[0]
      : Object.fromEntries(
          rows.map((each, index) => [nameOf(read[index]?.output ?? { name: null }, index), each]),
        );
  };
  const value = metric(
    all((each) => each.predictionRows()),
    all((each) => each.targetRows()),
  );
  return typeof value === 'number' ? value : NaN;
}
