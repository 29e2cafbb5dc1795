/**
 * The messages between Cortex and a training worker: one JSON document a line (UTF-8, `\n`),
 * requests on the worker's standard input, replies on file descriptor 3, each behind the word that
 * `hello` gave and a space. Bytes follow the line that announces them (`frame`). Standard output
 * and standard error stay free for the libraries and the user's code. A worker is any program that
 * speaks this protocol; nothing in it is Node's.
 */
import * as z from 'zod';
import { curveBoundSchema } from '../judge/fallenBehind.ts';
import { blueprintSchema, drawingSchema } from '../model/blueprint.ts';
import { builtModelSchema } from '../model/builtModel.ts';
import { savedModelSchema } from '../model/savedModel.ts';
import { environmentSchema } from '../record/environment.ts';
import { dataProfileSchema, referenceScoresSchema } from '../record/dataProfile.ts';
import { failureSchema, measuresSchema, trialSchema } from '../record/trial.ts';
import {
  epochProgressSchema,
  footingSchema,
  trainedFactsSchema,
  trainingSchema,
} from '../record/training.ts';
import type { DeepReadonly } from '../util/deepReadonly.ts';
import { refusalSchema } from './refusal.ts';
import {
  dataShapeSchema,
  fromGuestSchema,
  studySchema,
  toGuestSchema,
  writtenVariantSchema,
} from './guestMessages.ts';

/**
 * Both sides must name the same number in `hello` and `ready`; anything else ends the worker with a
 * clear error.
 */
export const PROTOCOL_VERSION = 3;

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
    /**
     * `trainer`: has the data, trains models that it gets as data and measures; never runs a line
     * of a variant. `builder`: runs a variant's code, confined; has no data but the rows it trains
     * on, where that code has to run while it trains. `loader`: puts a trained model together,
     * confined, in the library that its files are of.
     */
    role: z.enum(['trainer', 'builder', 'loader']),
    builderNames: z.array(z.string()),
    /** Folder of the files Cortex ships for its workers. */
    assetFolder: z.string(),
    /** Folders in which an installed runtime may be looked for, best first. */
    runtimeFolders: z.array(z.string()),
    /** What the worker may take; it holds itself to it where it can. */
    resources: z.object({ memoryMB: z.number() }),
  }),
  /** Loads the data and describes it. Test rows are dropped while they are read. */
  z.object({ type: z.literal('profile'), id: z.string(), study: studySchema }),
  /** What simple models reach on the validation part. */
  z.object({ type: z.literal('reference'), id: z.string(), study: studySchema }),
  /** To a builder: builds the variant, checks shapes and limits, and says what it is. */
  z.object({
    type: z.literal('build'),
    id: z.string(),
    study: studySchema,
    variant: writtenVariantSchema,
    /** `null`: the study has no data yet, and nothing is checked against it. */
    shape: dataShapeSchema.nullable(),
  }),
  /**
   * To a builder: builds the variant and tells it as data. Everything random starts from `random`.
   */
  z.object({
    type: z.literal('draw'),
    id: z.string(),
    study: studySchema,
    variant: writtenVariantSchema,
    shape: dataShapeSchema,
    random: z.number(),
  }),
  /** One real training step on the study's data, timed: what `auto` compares runtimes by. */
  z.object({
    type: z.literal('probe'),
    id: z.string(),
    study: studySchema,
    variant: writtenVariantSchema,
  }),
  z.object({
    type: z.literal('train'),
    id: z.string(),
    study: studySchema,
    variant: writtenVariantSchema,
    ...trainingSchema.shape,
    /** By seed: where a run is given up while it trains, its trial then failed by `stopped`. */
    bounds: z.array(curveBoundSchema).optional(),
    /** A frame `weights <seed>` goes before each completed trial: the file of `trainedModel.ts`. */
    keepWeights: z.boolean().optional(),
    ...footingSchema.shape,
  }),
  /**
   * Loads a model that was trained before and lets it predict the validation part: the frame
   * `outputs` (32-bit floats, a row after the other) goes before `predicted`, and one `file <name>`
   * for each file of the format that it is written as.
   */
  z.object({
    type: z.literal('predict'),
    id: z.string(),
    study: studySchema,
    model: savedModelSchema,
  }),
  /** To a trainer, after `wanted`: the model it asked for, or why there is none. */
  z.object({
    type: z.literal('model'),
    id: z.string(),
    model: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('blueprint'), blueprint: blueprintSchema }),
      /** It takes the variant's code: the trainer talks to the process that runs it. */
      z.object({ kind: z.literal('guest') }),
      z.object({ kind: z.literal('failed'), failure: failureSchema }),
    ]),
  }),
  ...toGuestSchema.options,
  /** To a trainer, what the process of the variant said. */
  z.object({
    type: z.literal('from-guest'),
    id: z.string(),
    message: fromGuestSchema,
    bytes: z.int().nonnegative(),
  }),
  /** Stops a running request at the next batch; its trials so far are kept. */
  z.object({ type: z.literal('cancel'), id: z.string() }),
]);

/**
 * From the worker to Cortex. Every request ends in exactly one of `profiled`, `referenced`,
 * `built`, `drawn`, `probed`, `predicted`, `trained`, `failed`, `refused`.
 */
export const replySchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('ready'),
    protocol: z.number(),
    environment: environmentSchema,
  }),
  z.object({ type: z.literal('profiled'), id: z.string(), profile: dataProfileSchema }),
  z.object({
    type: z.literal('referenced'),
    id: z.string(),
    scores: referenceScoresSchema.nullable(),
  }),
  z.object({ type: z.literal('drawn'), id: z.string(), drawing: drawingSchema }),
  /** A trainer needs the model of its request, built with everything random set by `random`. */
  z.object({ type: z.literal('wanted'), id: z.string(), random: z.number() }),
  z.object({ type: z.literal('built'), id: z.string(), model: builtModelSchema }),
  z.object({ type: z.literal('probed'), id: z.string(), secondsPerStep: z.number() }),
  /** `measures`: the metrics of the validation part, and how fast the model answers. */
  z.object({ type: z.literal('predicted'), id: z.string(), measures: measuresSchema }),
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
    ...epochProgressSchema.shape,
  }),
  /** A seed has ended; what the parent keeps should the worker die later. */
  z.object({ type: z.literal('trial'), id: z.string(), trial: trialSchema }),
  z.object({ type: z.literal('trained'), id: z.string(), ...trainedFactsSchema.shape }),
  /**
   * Bytes beside the messages (weights, outputs): exactly so many follow the end of this line, then
   * the next line begins. A request may be given any number of frames before it ends.
   */
  z.object({
    type: z.literal('frame'),
    id: z.string(),
    name: z.string(),
    bytes: z
      .int()
      .nonnegative()
      .max(2 ** 30),
  }),
  ...fromGuestSchema.options,
  /** A trainer to the process of the variant. */
  z.object({
    type: z.literal('to-guest'),
    id: z.string(),
    message: toGuestSchema,
    bytes: z.int().nonnegative(),
  }),
  /** The worker ends without answering the request, and this is why. */
  z.object({ type: z.literal('leaving'), id: z.string(), failure: failureSchema }),
  /** The user's input or the environment is at fault: becomes a `CortexError`. */
  z.object({
    type: z.literal('refused'),
    id: z.string().nullable(),
    error: refusalSchema,
  }),
]);

export type Request = DeepReadonly<z.infer<typeof requestSchema>>;
export type Reply = DeepReadonly<z.infer<typeof replySchema>>;

/** A request that is work: it names itself, and is answered. */
export type Work = Exclude<Request, { type: 'hello' | 'cancel' | Within }>;

/** What is said while a request is answered. */
export const WITHIN = [
  'model',
  'from-guest',
  'rows',
  'outputs-wanted',
  'weights-wanted',
  'times-wanted',
  'files-wanted',
  'go',
] as const;

type Within = (typeof WITHIN)[number];

/** What a trainer tells the process of a variant, and what it hears from there. */
export type ToGuest = DeepReadonly<z.infer<typeof toGuestSchema>>;
export type FromGuest = DeepReadonly<z.infer<typeof fromGuestSchema>>;
