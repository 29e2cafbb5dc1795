import type { StudyConfig } from '../../../record/studyConfig.ts';
import { dataWrongForm } from './errors.ts';
import { describe } from './dense.ts';
import type { SaidOfTargets } from './targets.ts';
import type { Task } from './types.ts';

const TASKS: readonly unknown[] = ['classification', 'regression', 'multi-label'];

/**
 * What `loadData` says of the targets, or else the study file: `task` for all outputs, or by their
 * names or in order; `classes` where there are more than occur.
 */
export function saidOf(
  { task, classes }: { readonly task?: unknown; readonly classes?: unknown },
  config: Pick<StudyConfig, 'task'>,
): SaidOfTargets {
  const count = Array.isArray(classes) ? classes.length : classes;
  if (count !== undefined && !Number.isInteger(count))
    throw dataWrongForm('classes', describe(classes));
  return {
    task: (output) => taskOf(isByOutput(task) ? task[output] : task) ?? config.task ?? null,
    classes: typeof count === 'number' ? count : null,
  };
}

const isByOutput = (value: unknown): value is Readonly<Record<string | number, unknown>> =>
  typeof value === 'object' && value !== null;

function taskOf(value: unknown): Task | null {
  if (value === undefined || value === null) return null;
  if (TASKS.includes(value)) return value as Task;
  throw dataWrongForm('task', describe(value));
}
