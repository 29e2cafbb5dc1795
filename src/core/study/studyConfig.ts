import { z } from 'zod';

const splitSchema = z.strictObject({
  /** Share of all rows kept for validation. */
  validation: z.number().gt(0).lt(0.9).default(0.2),
  /** Share of all rows sealed away; no search ever reads it. */
  test: z.number().min(0).lt(0.9).default(0.2),
  seed: z.int().default(42),
});

const limitsSchema = z.strictObject({
  /** Largest number of trainable and other weights. */
  parameters: z.int().positive().default(5_000_000),
  /** Largest size of the weights as float32, in KiB. */
  modelKB: z.number().positive().default(20_480),
  /** Wall time of one trial, in seconds. */
  trialSeconds: z.number().positive().default(600),
  /** Resident memory of the training process, in MiB. */
  memoryMB: z.number().positive().default(4_096),
});

const csvDataSchema = z.strictObject({
  /** Path relative to the study file. */
  csv: z.string().min(1),
  /** Column to be predicted. */
  target: z.string().min(1),
  task: z.enum(['classification', 'regression']),
  /** Shape of one input, e.g. `[8, 8, 1]`; default: one flat vector of all feature columns. */
  inputShape: z.array(z.int().positive()).min(1).optional(),
});

/** `cortex.json`: every key is optional and has a default. Unknown keys are refused, so that a typing error is seen. */
export const studyConfigSchema = z.strictObject({
  $schema: z.string().optional(),
  /** Name of the study and of its branch `cortex/<name>`; default: the folder's name. */
  name: z.string().min(1).optional(),
  /** Model file, relative to the study file; default: the only model file beside it. */
  model: z.string().optional(),
  /** A data module (`data.ts`, exporting `loadData`), relative to the study file, or a CSV table. */
  data: z.union([z.string().min(1), csvDataSchema]).optional(),
  /** Training log, relative to the study file; default: the newest log beside the model. */
  log: z.string().optional(),
  objective: z
    .strictObject({ metric: z.string().min(1), direction: z.enum(['minimize', 'maximize']) })
    .default({ metric: 'val_loss', direction: 'minimize' }),
  epochs: z.int().positive().default(20),
  batchSize: z.int().positive().default(32),
  /** How many seeds, or which. */
  seeds: z.union([z.int().positive().max(100), z.array(z.int()).min(1)]).default(3),
  split: splitSchema.default(splitSchema.parse({})),
  /** Fitted on the training part only. */
  preprocessing: z
    .strictObject({
      standardizeInputs: z.boolean().default(false),
      /** Regression: train on targets scaled to mean 0 and deviation 1; losses are then in scaled units. */
      scaleTargets: z.boolean().default(false),
      /** Classification: one-hot targets (needed by `categoricalCrossentropy`); off gives integer classes. */
      oneHot: z.boolean().default(true),
    })
    .default({ standardizeInputs: false, scaleTargets: false, oneHot: true }),
  limits: limitsSchema.default(limitsSchema.parse({})),
});

/** A study file with every default filled in. */
export type StudyConfig = z.infer<typeof studyConfigSchema>;

/** What the study optimises: a key of the training logs and its direction. */
export type Objective = StudyConfig['objective'];

/** The seeds of a study: as listed, or the first `n` of 1, 2, 3 … */
export const seedsOf = (config: Pick<StudyConfig, 'seeds'>): readonly number[] =>
  typeof config.seeds === 'number' ? Array.from({ length: config.seeds }, (_, i) => i + 1) : config.seeds;
