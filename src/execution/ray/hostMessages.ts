/**
 * What Cortex and its side on a node (`nodeSide.ts`) say to each other: one JSON document a line;
 * `reply` is followed by the bytes of its frame. A node starts, watches and confines its workers by
 * itself: what goes over the network is orders and what comes of them.
 */
import * as z from 'zod';
import { curveBoundSchema } from '../../judge/fallenBehind.ts';
import { environmentSchema } from '../../record/environment.ts';
import { failureSchema } from '../../record/trial.ts';
import { footingSchema, trainingSchema } from '../../record/training.ts';
import type { DeepReadonly } from '../../util/deepReadonly.ts';
import { studySchema, writtenVariantSchema } from '../guestMessages.ts';
import { replySchema } from '../protocol.ts';
import { refusalSchema } from '../refusal.ts';
import type { FinalReply } from '../requestGuard.ts';

/** Both sides come from one installation: the files of a node are sent to it. */
export const toNodeSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    cortex: z.string(),
    builderNames: z.array(z.string()),
  }),
  z.object({
    type: z.literal('train'),
    id: z.number(),
    /** Folder on the node under which the files of Cortex's machine stand as they do there. */
    root: z.string(),
    study: studySchema.extend({ name: z.string(), modelPath: z.string() }),
    /** What the variant is built from, beside its own text. */
    sources: z.array(z.string()),
    /** Folder of data that were taken from runs of scripts. */
    attachedFolder: z.string(),
    /** The user's word that the variant may run where nothing confines it. */
    unheld: z.boolean(),
    order: z.object({
      runtime: z.string(),
      variant: writtenVariantSchema,
      ...trainingSchema.shape,
      bounds: z.array(curveBoundSchema),
      keepWeights: z.literal(true).optional(),
      limits: z.object({
        dataSeconds: z.number(),
        buildSeconds: z.number(),
        trialSeconds: z.number(),
        memoryMB: z.number(),
      }),
      ...footingSchema.shape,
    }),
  }),
  z.object({
    type: z.literal('cancel'),
    id: z.number(),
    why: z.enum(['cancelled', 'interrupted']),
  }),
]);

const endingSchema = {
  stopped: z.enum(['time', 'memory', 'cancelled', 'interrupted']).nullable(),
  phase: z.enum(['data', 'build', 'fit']),
  environment: environmentSchema,
};

const answerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('answered'),
    reply: replySchema.refine((reply) => ENDS.includes(reply.type)).transform(asFinal),
    ...endingSchema,
  }),
  z.object({
    kind: z.literal('died'),
    death: z.object({
      code: z.number().nullable(),
      signal: z.string().nullable(),
      stderr: z.array(z.string()),
      forged: z.boolean(),
    }),
    why: failureSchema.nullable(),
    ...endingSchema,
  }),
]);

/** What a training may end in. */
const ENDS: readonly string[] = ['trained', 'failed', 'refused'];

function asFinal(reply: z.infer<typeof replySchema>): FinalReply {
  return reply as FinalReply;
}

/** From a node. */
export const fromNodeSchema = z.discriminatedUnion('type', [
  /** `holds`: something of the system's confines code of variants there. */
  z.object({ type: z.literal('ready'), holds: z.boolean() }),
  z.object({
    type: z.literal('reply'),
    id: z.number(),
    reply: replySchema,
    bytes: z.int().nonnegative(),
  }),
  z.object({ type: z.literal('answer'), id: z.number(), answer: answerSchema }),
  z.object({ type: z.literal('refused'), id: z.number(), error: refusalSchema }),
]);

export type ToNode = DeepReadonly<z.infer<typeof toNodeSchema>>;
export type FromNode = DeepReadonly<z.infer<typeof fromNodeSchema>>;
export type NodeOrder = Extract<ToNode, { type: 'train' }>;
