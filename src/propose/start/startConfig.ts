import { seriesChannels } from './firstModels.ts';
import { widthOf } from './firstForTables.ts';
import type { StartLanguage } from './baseBuilder.ts';
import type { ImagesSurvey, Survey, TableSurvey } from './survey.ts';

const FEW_ROWS = 300;
const RARE = 0.1;
/** Steps that a first training should have, and epochs within which they are made. */
const STEPS = 2500;
const EPOCHS = [10, 60] as const;
/** Epochs of few rows are short. */
const SHORT = { rows: 400, epochs: 200 };
/** Every step of a text is an example: an epoch has more of them than rows. */
const TEXT_EPOCHS = 20;

/** What `cortex.json` says of a new study, beside where its rows stand. */
export function startConfig(survey: Survey): Readonly<Record<string, unknown>> {
  const batchSize = batchSizeFor(survey);
  return {
    objective: { metric: 'val_loss', direction: 'minimize' },
    epochs: survey.kind === 'text' ? TEXT_EPOCHS : epochsFor(survey.rows, batchSize),
    batchSize,
    seeds: 3,
    ...(mayFold(survey) && { split: { folds: 5 } }),
    ...preprocessing(survey),
    ...metrics(survey),
  };
}

/** A text's windows are few, and each holds many examples. */
function batchSizeFor({ kind, rows }: Survey): number {
  if (kind === 'text') return 16;
  return rows > 5000 ? 64 : 32;
}

const epochsFor = (rows: number, batchSize: number): number => {
  const epochs = Math.round(STEPS / Math.max(1, (rows * 0.6) / batchSize) / 5) * 5;
  const most = rows < SHORT.rows ? SHORT.epochs : EPOCHS[1];
  return Math.min(most, Math.max(EPOCHS[0], epochs));
};

/** Parts that follow each other in time are dealt out already. */
const mayFold = (survey: Survey): boolean =>
  survey.rows < FEW_ROWS &&
  survey.kind !== 'text' &&
  !(survey.kind === 'table' && survey.structure.kind === 'series');

/** Numbers to be told are brought to deviation 1: a loss of 1 then knows nothing. */
const preprocessing = (survey: Survey): Readonly<Record<string, unknown>> => ({
  preprocessing: {
    standardizeInputs: survey.kind === 'table' && survey.structure.kind !== 'words',
    scaleTargets: survey.task === 'regression' || survey.task === 'forecast',
  },
});

function metrics(survey: Survey): Readonly<Record<string, unknown>> {
  if (survey.kind === 'text') return { metrics: ['accuracy', 'perplexity'] };
  if (survey.task !== 'classification') return { metrics: ['r2', 'mae'] };
  return { metrics: isUneven(survey) ? ['accuracy', 'f1'] : ['accuracy'] };
}

function isUneven({ classes }: TableSurvey | ImagesSurvey): boolean {
  const all = classes.reduce((sum, { count }) => sum + count, 0);
  return (classes.at(-1)?.count ?? all) / all < RARE;
}

/** What a builder is told of the data where its language needs it. */
export function sizesOf(survey: Survey): {
  readonly inputShape: readonly number[];
  readonly outputs: number;
} {
  if (survey.kind === 'text')
    return { inputShape: [survey.window], outputs: survey.vocabulary.length };
  if (survey.kind === 'images') return { inputShape: survey.shape, outputs: survey.classes.length };
  return { inputShape: tableShape(survey), outputs: Math.max(1, survey.classes.length) };
}

function tableShape(survey: TableSurvey): readonly number[] {
  const { structure, columns } = survey;
  switch (structure.kind) {
    case 'image':
      return structure.shape;
    case 'sequence':
      return [structure.steps, 1];
    case 'series':
      return [structure.window, seriesChannels(survey)];
    case 'words':
      return [structure.length];
    case 'flat':
      return [widthOf(columns)];
  }
}

/** Files by language, as projects call them. */
export const FILES: Readonly<
  Record<StartLanguage, { readonly model: string; readonly data: string }>
> = {
  typescript: { model: 'model.ts', data: 'data.ts' },
  javascript: { model: 'model.js', data: 'data.js' },
  keras: { model: 'model.py', data: 'data.py' },
  pytorch: { model: 'model.py', data: 'data.py' },
};
