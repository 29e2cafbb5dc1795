import * as z from 'zod';

/** How rows are divided. */
export const splitSchema = z
  .strictObject({
    validation: z
      .number()
      .gt(0)
      .lt(0.9)
      .default(0.2)
      .describe('Share of all rows kept for validation; of no effect with folds.'),
    test: z
      .number()
      .min(0)
      .lt(0.9)
      .default(0.2)
      .describe('Share of all rows sealed away; no search ever reads it.'),
    seed: z.int().default(42).describe('Seed of the shuffle before the rows are split.'),
    folds: z
      .int()
      .min(1)
      .max(20)
      .default(1)
      .describe(
        'For small data: all rows but the sealed ones are dealt into this many folds; a ' +
          'trial trains one model a fold, each measured on its fold, and counts as their mean. ' +
          '1: one validation part.',
      ),
  })
  .refine(({ validation, test }) => validation + test < 1, {
    error: 'expected validation and test to leave rows for training (together below 1)',
  });

/** What is kept free for a trial on a node of a cluster. */
export const resourcesSchema = z.strictObject({
  cpus: z.number().min(0).default(1).describe('CPUs that a trial takes; shares are allowed.'),
  gpus: z.number().min(0).default(0).describe('GPUs that a trial takes; shares are allowed.'),
  memoryMB: z.number().min(0).default(0).describe('Memory kept free for a trial, in MiB.'),
});

/** What a trial may take. */
export const limitsSchema = z.strictObject({
  parameters: z
    .int()
    .positive()
    .default(5_000_000)
    .describe('Largest number of trainable and other weights.'),
  modelKB: z
    .number()
    .positive()
    .default(20_480)
    .describe('Largest size of the weights as float32, in KiB.'),
  latencyMs: z
    .number()
    .positive()
    .optional()
    .describe(
      'Longest time that a trained model may take to answer one row, in milliseconds (median, on ' +
        'the runtime it was trained on); default: any.',
    ),
  trialSeconds: z
    .number()
    .positive()
    .default(600)
    .describe('Wall time of one trial (with folds: of each of its models), in seconds.'),
  memoryMB: z
    .number()
    .positive()
    .default(4_096)
    .describe('Resident memory of the training process, in MiB.'),
});

/** What is done to inputs before training. */
export const preprocessingSchema = z.strictObject({
  standardizeInputs: z
    .boolean()
    .default(false)
    .describe('Scale every feature to mean 0 and deviation 1.'),
  scaleTargets: z
    .boolean()
    .default(false)
    .describe(
      'Regression: train on targets scaled to mean 0 and deviation 1; losses are then in ' +
        'scaled units.',
    ),
  oneHot: z
    .boolean()
    .default(true)
    .describe(
      'Classification: one-hot targets, as categoricalCrossentropy needs them; false gives ' +
        'integer classes.',
    ),
});

/** Which trained weights stay in the repository's git folder. */
export const keepSchema = z.strictObject({
  attempts: z
    .int()
    .min(0)
    .default(5)
    .describe(
      'Attempts whose trained weights are kept: the best, its parent and the baseline, then the ' +
        'newest. 0: none are kept.',
    ),
  megabytes: z.number().positive().default(500).describe('All of them together, in MiB.'),
});

/** How attempts are judged. */
export const judgeSchema = z.strictObject({
  maxSeeds: z
    .int()
    .min(2)
    .max(100)
    .default(6)
    .describe(
      'Seeds a change may be trained with before the answer is "cannot tell"; it starts with two.',
    ),
  minimumEffect: z
    .number()
    .min(0)
    .default(0)
    .describe('Smallest gain that counts, in units of the metric.'),
});
