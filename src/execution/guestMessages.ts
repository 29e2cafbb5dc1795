/**
 * What a trainer and the process in which a variant's code runs say to each other while it trains;
 * Cortex carries it. Rows and predictions follow as bytes: `bytes` says how many, little-endian.
 * The process gets training rows and, to predict, inputs; never what is to be predicted.
 */
import * as z from 'zod';
import { variantSchema } from '../model/variant.ts';
import { LANGUAGES } from '../model/modelFile.ts';
import { dataProfileSchema } from '../record/dataProfile.ts';
import { refusalSchema } from './refusal.ts';
import { studyConfigSchema } from '../record/studyConfig.ts';
import { failureSchema, measuresSchema, waySchema } from '../record/trial.ts';
import { savedModelSchema } from '../model/savedModel.ts';

export const studySchema = z.object({
  /** Absolute folder that relative paths of `config` start from. */
  folder: z.string(),
  config: studyConfigSchema,
});

export const writtenVariantSchema = variantSchema.extend({
  language: z.enum(LANGUAGES),
});

/** The shapes a model has to fit. */
export const dataShapeSchema = dataProfileSchema.pick({
  task: true,
  inputShape: true,
  outputUnits: true,
  outputShape: true,
  inputs: true,
  outputs: true,
});

/** How many bytes follow the line. */
const bytes = z
  .int()
  .nonnegative()
  .max(2 ** 30);

/** Numbers that follow as bytes, in this order. */
const arraySchema = z.object({
  shape: z.array(z.int().nonnegative()),
  dtype: z.enum(['float32', 'int32', 'bool']),
});

/** Files that follow as bytes, in this order. */
const filesSchema = z.array(z.object({ name: z.string(), bytes: z.int().nonnegative() }));

/** From the trainer. */
export const toGuestSchema = z.discriminatedUnion('type', [
  /** Builds the variant and trains it, everything random set by `random`; training rows follow. */
  z.object({
    type: z.literal('fit'),
    id: z.string(),
    study: studySchema,
    variant: writtenVariantSchema,
    random: z.number(),
    /** What the worker's own kind knows of the data, with places for the rows. */
    data: z.unknown(),
    /** What it builds on, as the worker's own kind tells it; its files follow the rows. */
    footing: z.unknown().optional(),
    /** Times a training step instead. */
    probe: z.boolean(),
    bytes,
  }),
  /** A batch of streamed rows, inputs before targets; none: an epoch's are over. */
  z.object({ type: z.literal('rows'), id: z.string(), arrays: z.array(arraySchema), bytes }),
  /** Wants the outputs for inputs: those that follow, or the ones that came under this name. */
  z.object({
    type: z.literal('outputs-wanted'),
    id: z.string(),
    name: z.string(),
    inputs: z.array(arraySchema),
    bytes,
  }),
  /** Puts a model together that was trained before; its files follow. */
  z.object({
    type: z.literal('load'),
    id: z.string(),
    study: studySchema,
    model: savedModelSchema,
    shape: dataShapeSchema,
    files: filesSchema,
    bytes,
  }),
  /** Wants what was trained. */
  z.object({ type: z.literal('weights-wanted'), id: z.string() }),
  /** Wants to know how long answers take, to rows that came; at most so long for one batch size. */
  z.object({ type: z.literal('times-wanted'), id: z.string(), seconds: z.number() }),
  /** Wants the loaded model as the files of the other format. */
  z.object({ type: z.literal('files-wanted'), id: z.string() }),
  /** Goes on with what comes next. */
  z.object({
    type: z.literal('go'),
    id: z.string(),
    stop: z.boolean(),
    /** What the epoch came to: for a schedule that goes by it. */
    logs: z.record(z.string(), z.number().nullable()),
  }),
]);

/** From the process of the variant. */
export const fromGuestSchema = z.discriminatedUnion('type', [
  /** A batch of streamed rows is wanted: of a new epoch, or the next one. */
  z.object({ type: z.literal('rows-wanted'), id: z.string(), isFirst: z.boolean() }),
  /** The model is built; `prepared` says how its outputs are to be read. */
  z.object({
    type: z.literal('prepared'),
    id: z.string(),
    parameters: z.number(),
    prepared: z.unknown(),
  }),
  z.object({
    type: z.literal('epoch-ended'),
    id: z.string(),
    logs: z.record(z.string(), z.number().nullable()),
  }),
  /** One array for each that measuring takes. */
  z.object({ type: z.literal('outputs'), id: z.string(), outputs: z.array(arraySchema), bytes }),
  z.object({
    type: z.literal('fitted'),
    id: z.string(),
    secondsPerStep: z.number().nullable(),
    way: waySchema.optional(),
  }),
  /** Weights in the order of the model's own, and what makes the model without its code. */
  z.object({
    type: z.literal('weights'),
    id: z.string(),
    weights: z.array(arraySchema.extend({ name: z.string() })),
    topology: z.string().nullable(),
    /** Classes of layers that only the code has. */
    ownLayers: z.array(z.string()).optional(),
    versions: z.record(z.string(), z.string()),
    bytes,
  }),
  z.object({ type: z.literal('times'), id: z.string(), measures: measuresSchema }),
  z.object({ type: z.literal('files'), id: z.string(), files: filesSchema, bytes }),
  /** The variant is at fault: a named outcome; `refusal`: what was asked cannot be done here. */
  z.object({
    type: z.literal('failed'),
    id: z.string(),
    failure: failureSchema,
    refusal: refusalSchema.optional(),
  }),
]);
