import * as z from 'zod';
import { effect } from './contractParts.ts';
import { CONTRACT_VERSION } from './contractVersion.ts';

const share = z.number().nullable();

const signals = z.object({
  reward: z.number(),
  stress: z.number(),
  fatigue: z.number(),
  curiosity: z.number(),
});

const task = z.object({
  key: z.string(),
  kind: z.string(),
  trigger: z.string(),
  why: z.string(),
  attempt: z.string().nullable(),
  goal: z.string().nullable(),
  turn: z.string(),
  weight: z.number(),
  /** Share of the metric gained for each minute, all below and the weight multiplied in. */
  priority: z.number(),
  gain: z.number(),
  chance: z.number(),
  minutes: z.number(),
  signals,
});

const cycleAttempt = z.object({
  id: z.string(),
  number: z.number(),
  commit: z.string(),
  kind: z.string(),
  verdict: z.string(),
  title: z.string(),
  /** To the parent. */
  effect: effect.nullable(),
});

const cycle = z.object({
  number: z.number(),
  kind: z.string(),
  trigger: z.string(),
  why: z.string(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  seconds: z.number(),
  end: z.string(),
  text: z.string(),
  attempts: z.array(cycleAttempt),
});

const promotion = z.object({
  cycle: z.number(),
  attempt: z.string(),
  number: z.number().nullable(),
  commit: z.string().nullable(),
  over: z.string(),
  why: z.string(),
  difference: z.number(),
  interval: z.tuple([z.number(), z.number()]),
  seeds: z.number(),
  share: z.number(),
  text: z.string(),
});

const standing = {
  study: z.string(),
  branch: z.string(),
  /** The ref that holds the state, and its commit; empty where there is none yet. */
  ref: z.string(),
  commit: z.string(),
  mode: z.string(),
  /** A process works on it now. */
  running: z.boolean(),
  /** Why nothing is begun now, a sentence. */
  waiting: z.string().nullable(),
  setAside: z.object({ why: z.string(), at: z.string() }).nullable(),
};

const report = z.object({
  ...standing,
  metric: z.string(),
  cycles: z.array(cycle),
  promotions: z.array(promotion),
  /** What stands promoted: the file as it is before anything was. */
  promoted: z
    .object({
      attempt: z.string(),
      number: z.number(),
      commit: z.string(),
      value: share,
      /** `weights`: fewer bits, and no line of the source is another. */
      changed: z.enum(['builder', 'weights']),
    })
    .nullable(),
  cost: z.object({
    seconds: z.number(),
    tokens: z.number(),
    /** US dollars; `null` where a price is unknown. */
    usd: z.number().nullable(),
    /** By the `watts` of the study: an estimate. */
    wattHours: z.number(),
  }),
  health: z.object({
    overall: share,
    efficiency: share,
    stability: share,
    learningRate: share,
  }),
});

/** Documents of the autopilot. */
export const autopilotDocuments = {
  autopilot: z.object({
    version: z.literal(CONTRACT_VERSION),
    /** Why the run ended; `null` for a report alone. */
    ended: z.string().nullable(),
    studies: z.array(report),
  }),
  autopilotStatus: z.object({
    version: z.literal(CONTRACT_VERSION),
    studies: z.array(z.object({ ...standing, tasks: z.array(task) })),
  }),
};
