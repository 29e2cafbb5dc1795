import type { StudyConfig } from '../../../record/studyConfig.ts';
import type { Lengths } from '../../../study/study.ts';

/** Where the rows come from: a file beside the study, or a run of the user's own script. */
export type DataChoice =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'script'; readonly name: string }
  | { readonly kind: 'said'; readonly words: string };

/** All that a study needs to be set up; `null` where nothing was found. */
export interface Form {
  readonly builder: string | null;
  readonly data: DataChoice | null;
  /** Of a table. */
  readonly target: string | null;
  readonly task: 'classification' | 'regression' | null;
  readonly epochs: number;
  readonly batchSize: number;
  readonly lengths: Lengths;
  readonly objective: string;
}

/** What may be chosen. */
export interface Choices {
  readonly builders: readonly string[];
  readonly data: readonly DataChoice[];
  /** Columns of the table that is chosen. */
  readonly columns: readonly string[];
}

/** A line of the form. */
export type Field = Exclude<keyof Form, 'lengths'>;

/** One row: its name, its value, and where that is from. */
export interface FormRow {
  readonly field: Field;
  readonly label: string;
  readonly value: string;
  readonly from: string;
}

/** The rows of the form, top to bottom; what the data say themselves is not asked. */
export function rowsOf(form: Form): readonly FormRow[] {
  const row = (field: Field, label: string, value: string | null, from: string): FormRow => ({
    field,
    label,
    value: value ?? 'choose…',
    from,
  });
  const isTable = form.data?.kind === 'file';
  return [
    row('builder', 'Function', form.builder, 'builds the model'),
    row('data', 'Data', form.data && dataText(form.data), 'what it is trained on'),
    ...(isTable
      ? [
          row('target', 'Target', form.target, 'the column to be predicted'),
          row('task', 'Task', form.task, 'as the target looks'),
        ]
      : []),
    row('epochs', 'Epochs', String(form.epochs), saidBy(form.lengths.epochs)),
    row('batchSize', 'Batch', String(form.batchSize), saidBy(form.lengths.batchSize)),
    row('objective', 'Objective', form.objective, 'what a change is judged by'),
  ];
}

/** What has to be chosen before anything can be written; `null` where nothing has. */
export function lackIn({ data, target, task }: Form): string | null {
  if (!data) return 'Choose the data';
  if (data.kind === 'file' && target === null) return 'Choose the target';
  return data.kind === 'file' && task === null ? 'Choose the task' : null;
}

export const dataText = (data: DataChoice): string => {
  switch (data.kind) {
    case 'file':
      return data.path;
    case 'script':
      return `what ${data.name} gives its fit`;
    case 'said':
      return data.words;
  }
};

const saidBy = (source: string | null): string =>
  source === null ? 'not found in the project: this is used' : source;

/** The keys of the study file that a form stands for, over those that it has. */
export function studyFileOf(
  form: Form,
  own: Readonly<Record<string, unknown>>,
  model: string,
): Readonly<Record<string, unknown>> {
  const { builder, data, target, task, epochs, batchSize, objective } = form;
  return {
    ...own,
    model,
    ...(builder !== null && { builder }),
    ...(data?.kind === 'file' && { data: { [kindOf(data.path)]: data.path, target, task } }),
    epochs,
    batchSize,
    objective: objectiveFor(objective, own['objective']),
  };
}

/** Losses and errors are to fall; what is already said of the same metric stays. */
function objectiveFor(metric: string, own: unknown): unknown {
  const said = own as StudyConfig['objective'] | undefined;
  if (said && 'metric' in said && said.metric === metric) return said;
  const direction = /loss|mae|mse|rmse|error/.test(metric) ? 'minimize' : 'maximize';
  return { metric, direction };
}

const kindOf = (path: string): 'csv' | 'jsonl' | 'parquet' =>
  path.endsWith('.parquet') ? 'parquet' : /\.(?:jsonl|ndjson)$/.test(path) ? 'jsonl' : 'csv';
