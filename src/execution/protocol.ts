/**
 * The messages between Cortex and a training worker: one JSON document a line (UTF-8, `\n`),
 * requests on the worker's standard input, replies on file descriptor 3, each behind the word that
 * `hello` gave and a space. Standard output and standard error stay free for the libraries and the
 * user's code. A worker is any program that speaks this protocol; nothing in it is Node's.
 */
import * as z from 'zod';
import { environmentSchema, failureSchema, trialSchema } from '../record/attempt.ts';
import { studyConfigSchema } from '../record/studyConfig.ts';

/**
 * Both sides must name the same number in `hello` and `ready`; anything else ends the worker with a
 * clear error.
 */
export const PROTOCOL_VERSION = 1;

const studySchema = z.object({
  /** Absolute folder that relative paths of `config` start from. */
  folder: z.string(),
  config: studyConfigSchema,
});

const variantSchema = z.object({
  path: z.string(),
  text: z.string(),
  language: z.enum(['typescript', 'tsx', 'javascript']),
});

const curveBoundSchema = z.object({
  seed: z.number(),
  metric: z.string(),
  direction: z.enum(['minimize', 'maximize']),
  expected: z.array(z.number()),
  margin: z.array(z.number()),
});

/** From Cortex to the worker. `id` names a request; its replies carry it. */
export const requestSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    protocol: z.number(),
    /**
     * What every reply begins with; never told to the user's code, so that it cannot speak for the
     * worker.
     */
    word: z.string(),
    cortex: z.string(),
    runtime: z.string(),
    builderNames: z.array(z.string()),
    /** Folder of the files Cortex ships for its workers. */
    assetFolder: z.string(),
    /** Folders in which an installed runtime may be looked for, best first. */
    runtimeFolders: z.array(z.string()),
  }),
  /** Loads the data and describes it. Test rows are dropped while they are read. */
  z.object({ type: z.literal('profile'), id: z.string(), study: studySchema }),
  /** What simple models reach on the validation part. */
  z.object({ type: z.literal('reference'), id: z.string(), study: studySchema }),
  /** Builds the variant and checks shapes and limits. */
  z.object({
    type: z.literal('build'),
    id: z.string(),
    study: studySchema,
    variant: variantSchema,
  }),
  /** One real training step on the study's data, timed: what `auto` compares runtimes by. */
  z.object({
    type: z.literal('probe'),
    id: z.string(),
    study: studySchema,
    variant: variantSchema,
  }),
  z.object({
    type: z.literal('train'),
    id: z.string(),
    study: studySchema,
    variant: variantSchema,
    seeds: z.array(z.number()).min(1),
    evaluateOn: z.enum(['validation', 'test']),
    /** By seed: where a run is given up while it trains, its trial then failed by `stopped`. */
    bounds: z.array(curveBoundSchema).optional(),
  }),
  /** Stops a running request at the next batch; its trials so far are kept. */
  z.object({ type: z.literal('cancel'), id: z.string() }),
]);

const dataProfileSchema = z.object({
  task: z.enum(['classification', 'regression']),
  inputShape: z.array(z.number()),
  outputUnits: z.number(),
  rows: z.object({ train: z.number(), validation: z.number(), test: z.number() }),
  classShares: z.array(z.number()),
  hash: z.string(),
  scales: z
    .object({
      target: z.object({ mean: z.number(), deviation: z.number() }).nullable(),
      features: z
        .object({ smallest: z.number(), largest: z.number(), offset: z.number() })
        .nullable(),
    })
    .optional(),
  /** The rows came without parts of their own, and could be dealt into folds. */
  foldable: z.literal(true).optional(),
});

const scoresSchema = z.record(z.string(), z.number());

const referenceScoresSchema = z.object({ trivial: scoresSchema, linear: scoresSchema.nullable() });

const builtModelSchema = z.object({
  layers: z.array(
    z.object({
      name: z.string(),
      className: z.string(),
      outputShape: z.array(z.number().nullable()),
      parameters: z.number(),
    }),
  ),
  parameters: z.number(),
});

/**
 * From the worker to Cortex. Every request ends in exactly one of `profiled`, `referenced`,
 * `built`, `probed`, `trained`, `failed`, `refused`.
 */
export const replySchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('ready'),
    protocol: z.number(),
    environment: environmentSchema,
    /** What this runtime can do beyond the minimum, e.g. `several-seeds-at-once`. */
    capabilities: z.array(z.string()),
  }),
  z.object({ type: z.literal('profiled'), id: z.string(), profile: dataProfileSchema }),
  z.object({
    type: z.literal('referenced'),
    id: z.string(),
    scores: referenceScoresSchema.nullable(),
  }),
  z.object({ type: z.literal('built'), id: z.string(), model: builtModelSchema }),
  z.object({ type: z.literal('probed'), id: z.string(), secondsPerStep: z.number() }),
  /**
   * What the worker is about to do; each phase has its own time limit. `seed` is `null` outside a
   * trial.
   */
  z.object({
    type: z.literal('phase'),
    id: z.string(),
    phase: z.enum(['data', 'build', 'fit']),
    seed: z.number().nullable(),
  }),
  z.object({
    type: z.literal('progress'),
    id: z.string(),
    seed: z.number(),
    epoch: z.number(),
    epochs: z.number(),
    /** With folds: means over this fold and those before it. */
    logs: z.record(z.string(), z.number().nullable()),
    /** Which of the seed's models trains, 1-based, where there is one a fold. */
    fold: z.object({ number: z.number(), count: z.number() }).optional(),
  }),
  /** A seed has ended; what the parent keeps should the worker die later. */
  z.object({ type: z.literal('trial'), id: z.string(), trial: trialSchema }),
  /** `parameters` is `null` when no seed came as far as a model. */
  z.object({
    type: z.literal('trained'),
    id: z.string(),
    parameters: z.number().nullable(),
    dataHash: z.string(),
  }),
  /** The variant is at fault: a named outcome. */
  z.object({ type: z.literal('failed'), id: z.string(), failure: failureSchema }),
  /** The worker ends without answering the request, and this is why. */
  z.object({ type: z.literal('leaving'), id: z.string(), failure: failureSchema }),
  /** The user's input or the environment is at fault: becomes a `CortexError`. */
  z.object({
    type: z.literal('refused'),
    id: z.string().nullable(),
    error: z.object({
      code: z.string(),
      kind: z.enum(['input', 'environment', 'defect']),
      happened: z.string(),
      expected: z.string(),
      remedy: z.string(),
    }),
  }),
]);

export type Request = z.infer<typeof requestSchema>;
export type Reply = z.infer<typeof replySchema>;
