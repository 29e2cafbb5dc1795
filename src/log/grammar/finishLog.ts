import type { TrainingLog } from '../trainingLog.ts';
import type { Assembler } from './assemble.ts';
import { isGrade, isKnown } from './names.ts';
import type { Plan } from './plan.ts';

/** Points from which a series of an unknown name is a curve, and not a chance number. */
const LEAST_POINTS = 3;

/** A single step of text is no course. */
const LEAST_STEPS = 2;

/** Points from which lines of nothing but unknown names show a curve. */
const LEAST_UNKNOWN = 5;

/** The log that the joined rows make; `null` where they make none. */
export function finishLog(
  plan: Plan,
  { runs }: Assembler,
  { source, notes }: { readonly source: string; readonly notes: readonly string[] },
): TrainingLog | null {
  if (plan.isInterleaved || plan.doubt !== null) return null;
  const style = plan.isHeaded && plan.style === 'epoch lines' ? 'Keras console' : plan.style;
  return finished(plan, runs.finish(source, style), notes);
}

function finished(
  plan: Plan,
  all: TrainingLog | null,
  notes: readonly string[],
): TrainingLog | null {
  const shown = all && curvesOf(all, plan);
  const kept = all && shown && isRecord(plan) ? new Set(Object.keys(all.series)) : shown;
  const log = all && kept && shown && shown.size > 0 ? withEpochsOf(all, kept) : null;
  if (!log || isChance(log, plan) || isChatter(log, plan)) return null;
  const series = withoutNumbers(log.series);
  return {
    ...log,
    series,
    ...counterIn(plan),
    notes: [...log.notes, ...namelessIn(log), ...notes],
  };
}

/** What the epochs of a log count, where it is none. */
export const counterIn = ({ axis }: Plan): Pick<TrainingLog, 'counter'> =>
  axis === 'epoch' ? {} : { counter: axis };

/** Every row or object counts, whatever of it is known. */
const isRecord = ({ axis, style }: Plan): boolean =>
  axis === 'step' && (style === 'CSV table' || style === 'JSON lines');

/** Columns that nothing names are shown by their place. */
const namelessIn = ({ series }: TrainingLog): readonly string[] =>
  Object.keys(series).some((name) => /^column_\d+$/.test(name))
    ? ['Its columns have no names: say which is which by a logPattern in cortex.json.']
    : [];

/** The epochs in which one of these series has a value, with all their series. */
function withEpochsOf(log: TrainingLog, names: ReadonlySet<string>): TrainingLog {
  const shown = [...names].flatMap((name) => (log.series[name] ? [log.series[name]] : []));
  const kept = log.epochs.flatMap((_, i) =>
    shown.some((values) => values[i] !== null) ? [i] : [],
  );
  if (kept.length === log.epochs.length) return log;
  const pick = <T>(values: readonly T[]): T[] => values.filter((_, i) => keeps.has(i));
  const keeps = new Set(kept);
  const series = Object.entries(log.series)
    .map(([name, values]): [string, (number | null)[]] => [name, pick(values)])
    .filter(([, values]) => values.some((value) => value !== null));
  return {
    ...log,
    epochs: pick(log.epochs),
    lines: pick(log.lines),
    series: Object.fromEntries(series),
  };
}

/** So many names at a single point of text are those of a talk, not of a report. */
const MOST_NAMES = 12;

/** Text whose few points say nothing: of more names than a report has, or the same each time. */
function isChatter({ epochs, series }: TrainingLog, { style }: Plan): boolean {
  if (style !== 'epoch lines' || epochs.length > 3) return false;
  const all = Object.values(series);
  const isSame = all.every((values) => new Set(values.filter((value) => value !== null)).size < 2);
  return epochs.length === 1 ? all.length > MOST_NAMES : isSame;
}

/** `loss_2` where no other is left of that name is `loss`. */
const withoutNumbers = (series: TrainingLog['series']): TrainingLog['series'] =>
  Object.fromEntries(
    Object.entries(series).map(([name, values]) => {
      const plain = name.replace(/_2$/, '');
      const isTaken = [plain, `${plain}_1`, `${plain}_3`].some((one) => Object.hasOwn(series, one));
      return [isGrade(plain) && !isTaken ? plain : name, values];
    }),
  );

const TEXTS: ReadonlySet<string> = new Set(['epoch lines', 'Python dicts']);

/** A few lines of text that count no epochs are no course; nor is what was only held out. */
function isChance({ epochs, series }: TrainingLog, { axis, style }: Plan): boolean {
  if (axis === 'epoch' || !TEXTS.has(style)) return false;
  const least = axis === 'row' ? LEAST_POINTS : LEAST_STEPS;
  if (epochs.length < least && (axis === 'row' || style === 'epoch lines')) return true;
  const isHeldOut = Object.keys(series).every((name) => /^(?:val|test)_/.test(name));
  const isFew = epochs.length < LEAST_POINTS;
  return isHeldOut && (isFew || (axis === 'row' && style === 'epoch lines'));
}

/**
 * The series that prove a point: known ones; where those are few and far between also others that
 * vary, not in whole numbers alone.
 */
function curvesOf({ series, epochs }: TrainingLog, { axis, style }: Plan): ReadonlySet<string> {
  if (style === 'own pattern') return new Set(Object.keys(series));
  const graded = Object.keys(series).filter(isGrade);
  const most = Math.max(0, ...graded.map((name) => pointsIn(series[name] ?? [])));
  if (axis === 'row' || most === epochs.length) return new Set(graded);
  const isFew = 2 * most < epochs.length;
  const least = graded.length === 0 && style === 'epoch lines' ? LEAST_UNKNOWN : 0;
  const others = Object.entries(series).filter(([name, values]) => {
    if (!varies(values)) return false;
    const isWhole = !isKnown(name) && 10 * pointsIn(values) >= 9 * epochs.length;
    return isFew ? pointsIn(values) >= least : isWhole;
  });
  return new Set([...graded, ...others.map(([name]) => name)]);
}

const pointsIn = (values: readonly (number | null)[]): number =>
  values.reduce<number>((count, value) => count + Number(value !== null), 0);

function varies(values: readonly (number | null)[]): boolean {
  const numbers = values.filter((value) => value !== null);
  return (
    new Set(numbers.slice(0, 1_000)).size >= LEAST_POINTS &&
    numbers.some((value) => !Number.isInteger(value))
  );
}
