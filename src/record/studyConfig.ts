import * as z from 'zod';
import { autopilotSchema } from './autopilotSettings.ts';
import { contradictionsIn } from './contradictions.ts';
import { fileDataSchema } from './fileData.ts';
import type { DeepReadonly } from '../util/deepReadonly.ts';
import {
  splitSchema,
  limitsSchema,
  preprocessingSchema,
  judgeSchema,
  keepSchema,
  resourcesSchema,
} from './configSections.ts';

const objectiveSchema = z.strictObject({
  metric: z
    .string()
    .min(1)
    .describe('A key of the training logs, e.g. val_loss; also parameters and seconds.'),
  direction: z.enum(['minimize', 'maximize']).describe('Which way is better.'),
});

/** The first objective: a measure may be taken off it, each unit at a price. */
const firstObjectiveSchema = objectiveSchema.extend({
  at: z
    .enum(['last', 'tail', 'best'])
    .optional()
    .describe(
      'What of a training counts, for all variants alike: its last epoch, the mean of its tail ' +
        '(the last fifth of its epochs), or its best epoch; default: tail.',
    ),
  minus: z
    .record(z.string(), z.number().positive())
    .optional()
    .describe(
      'What each unit of a measure of the trial costs, in units of the metric: ' +
        '{"modelKB": 0.001} takes 0.001 off it for each KiB.',
    ),
});

/** An objective after the first. */
export const furtherObjectiveSchema = objectiveSchema.extend({
  limit: z
    .number()
    .optional()
    .describe(
      'Held instead of optimised: at most this where it is minimised, at least where it is ' +
        'maximised.',
    ),
  tolerance: z
    .number()
    .min(0)
    .lt(1)
    .optional()
    .describe('Share of its value from which on a difference counts, e.g. 0.2.'),
});

const objectiveListSchema = z
  .tuple([firstObjectiveSchema], furtherObjectiveSchema)
  .superRefine((objectives, context) => {
    for (const { path, expected } of contradictionsIn(objectives))
      context.addIssue({ code: 'custom', path: [...path], message: expected });
  });

/** A regular expression that names a series. */
function isLogPattern(text: string): boolean {
  try {
    return Object.keys(new RegExp(`${text}|`).exec('')?.groups ?? {}).some(
      (name) => name !== 'epoch',
    );
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/**
 * `cortex.json`: every key is optional and has a default. Unknown keys are refused, so that a
 * typing error is seen.
 */
export const studyConfigSchema = z.strictObject({
  $schema: z.string().optional().describe('Where editors find what may stand in this file.'),
  name: z
    .string()
    .min(1)
    .optional()
    .describe("Name of the study and of its branch cortex/<name>; default: the folder's name."),
  model: z
    .string()
    .min(1)
    .optional()
    .describe('Model file, relative to this file; default: the only model file beside it.'),
  data: z
    .union([z.string().min(1).describe('A module that exports loadData.'), fileDataSchema])
    .optional()
    .describe(
      'A data module (data.ts, exporting loadData), or rows in files (CSV, JSON lines, ' +
        'Parquet, NPZ, folders of images), relative to this file; ' +
        'default: data.ts or data.js.',
    ),
  task: z
    .enum(['classification', 'regression', 'multi-label'])
    .optional()
    .describe('What the targets of a data module are, where loadData does not say.'),
  builder: z
    .string()
    .min(1)
    .optional()
    .describe('The function that builds the model, or Class.method; default: the likeliest one.'),
  arguments: z
    .union([z.record(z.string(), z.unknown()), z.array(z.unknown())])
    .optional()
    .describe('What the builder is called with, by name or in order.'),
  script: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Python script that builds, compiles and fits the model, relative to this file. Cortex ' +
        'runs it up to its call of fit and trains the model it finds there on `data`.',
    ),
  train: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Command that trains, run in this folder: each trial is one run of it, e.g. python ' +
        'train.py --epochs {epochs} --seed {seed}. Its log is read from what it prints, or from ' +
        'the file under "log".',
    ),
  seeding: z
    .enum(['words', 'variable', 'start', 'none'])
    .optional()
    .describe(
      'How the command gets its seed: {seed} in its words, the variable CORTEX_SEED, the random ' +
        'numbers of Python set as it starts, or not at all; default: by what the command is.',
    ),
  log: z
    .string()
    .min(1)
    .optional()
    .describe('Training log, relative to this file; default: the newest log beside the model.'),
  logPattern: z
    .string()
    .refine(isLogPattern, {
      error:
        'expected a regular expression with a named group for each series, such as ' +
        '(?<epoch>\\d+).*(?<val_loss>[\\d.]+)',
    })
    .optional()
    .describe(
      'Regular expression for the lines of a log of your own make: a group epoch, and one ' +
        'named after each series.',
    ),
  objective: z
    .union([
      firstObjectiveSchema,
      objectiveListSchema.describe(
        'First what is optimised, then what is held within a limit or optimised next, in order.',
      ),
    ])
    .default({ metric: 'val_loss', direction: 'minimize' })
    .describe(
      'What the study optimises. Alone, a model that is as good with 20 % fewer parameters ' +
        'counts as better, too; a list says all there is.',
    ),
  metrics: z
    .array(z.string().min(1))
    .optional()
    .describe(
      'What is measured on the validation part beside the loss: accuracy, precision, recall, f1, ' +
        'auc, top5, perplexity, mae, rmse, r2, pearson, or a function that metrics.ts exports.',
    ),
  epochs: z.int().positive().default(20).describe('Epochs of every trial.'),
  batchSize: z.int().positive().default(32).describe('Rows in one training step.'),
  seeds: z
    .union([z.int().positive().max(100), z.array(z.int()).min(1)])
    .default(3)
    .describe(
      'How many seeds the model as it is is trained with, or which; a change is raced ' +
        'against it from two seeds on.',
    ),
  judge: judgeSchema.default(judgeSchema.parse({})).describe('When a change counts as better.'),
  split: splitSchema
    .default(splitSchema.parse({}))
    .describe('How the rows are shared out, once and for all attempts.'),
  preprocessing: preprocessingSchema
    .default(preprocessingSchema.parse({}))
    .describe('Fitted on the training part only.'),
  limits: limitsSchema
    .default(limitsSchema.parse({}))
    .describe('What a variant may cost; one that costs more is recorded as such.'),
  resources: resourcesSchema
    .optional()
    .describe('What a trial takes of a machine of a cluster (docs/machines.md).'),
  keep: keepSchema
    .default(keepSchema.parse({}))
    .describe('Trained weights that are kept; what is dropped can be trained again.'),
  autopilot: autopilotSchema
    .optional()
    .describe('What raises tasks of an autopilot, and what it may take (docs/autopilot.md).'),
});

/** A study file with every default filled in. */
export type StudyConfig = DeepReadonly<z.infer<typeof studyConfigSchema>>;

/** What a study optimises: a key of the measures and its direction. */
export type Objective = DeepReadonly<z.infer<typeof objectiveSchema>>;

export type FirstObjective = DeepReadonly<z.infer<typeof firstObjectiveSchema>>;

export type FurtherObjective = DeepReadonly<z.infer<typeof furtherObjectiveSchema>>;

/** The seeds of a study: as listed, or the first `n` of 1, 2, 3 … */
export const seedsOf = (config: Pick<StudyConfig, 'seeds'>): readonly number[] =>
  typeof config.seeds === 'number'
    ? Array.from({ length: config.seeds }, (_, i) => i + 1)
    : config.seeds;
