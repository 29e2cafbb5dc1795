import type { TrainingLog } from '../trainingLog.ts';
import type { Assembler } from './assemble.ts';
import { isGrade } from './names.ts';
import type { Plan } from './plan.ts';

/** Points from which a series of an unknown name is a curve, and not a chance number. */
const LEAST_POINTS = 3;

/** The log that the joined rows make; `null` where they make none. */
export function finishLog(
  plan: Plan,
  { runs }: Assembler,
  { source, notes }: { readonly source: string; readonly notes: readonly string[] },
): TrainingLog | null {
  const style = plan.isHeaded && plan.style === 'epoch lines' ? 'Keras console' : plan.style;
  const graded = runs.finish(source, style, isGrade);
  const log = graded ?? (plan.axis === 'row' ? null : runs.finish(source, style, () => true));
  if (!log || (!graded && !isCurve(log)) || isChance(log, plan)) return null;
  const byStep = plan.axis === 'step' ? ({ counter: 'step' } as const) : {};
  return { ...log, ...byStep, notes: [...log.notes, ...notes] };
}

/** A few lines of text that count nothing are no course. */
const isChance = ({ epochs }: TrainingLog, { axis, style }: Plan): boolean =>
  axis === 'row' && style === 'epoch lines' && epochs.length < LEAST_POINTS;

/** Some series varies, and not in whole numbers alone. */
const isCurve = ({ series }: TrainingLog): boolean =>
  Object.values(series).some((values) => {
    const numbers = values.filter((value) => value !== null);
    return (
      new Set(numbers).size >= LEAST_POINTS && numbers.some((value) => !Number.isInteger(value))
    );
  });
