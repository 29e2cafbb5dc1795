import * as z from 'zod';
import type { DeepReadonly } from '../util/deepReadonly.ts';
import { TRIGGERS } from './autopilotSettings.ts';

/** What an autopilot can do to a study; `docs/autopilot.md` says how each is done. */
export const TASK_KINDS = [
  'measure',
  'training',
  'architecture',
  'optimisation',
  'transfer',
  'more-seeds',
  'ablation',
] as const;

const taskSchema = z.object({
  /** Stays the same while its reason does: `unsearched:digits-3-1f2e3d4c`. */
  key: z.string(),
  kind: z.enum(TASK_KINDS),
  /** `asked`: by a person. */
  trigger: z.enum([...TRIGGERS, 'asked']),
  /** One sentence for people, with the numbers that raised it. */
  why: z.string(),
  /** Id of the attempt it is about; of another study for a transfer. */
  attempt: z.string().nullable(),
  /** The finding to answer, or a person's own words. */
  focus: z.string().nullable(),
  goal: z.string().nullable(),
  /** A person's, by which its priority is multiplied. */
  weight: z.number().positive(),
  /** `forced`: a person has asked for it now; `first`: the others rest on it. */
  turn: z.enum(['forced', 'first', 'by-priority']),
});

const cycleSchema = z.object({
  /** 1-based. */
  number: z.int().positive(),
  task: taskSchema,
  startedAt: z.string(),
  /** `null` while it goes on. */
  finishedAt: z.string().nullable(),
  /** Of work, sleep of the machine not counted. */
  seconds: z.number(),
  /** Ids of attempts that it began, in their order. */
  attempts: z.array(z.string()),
  /** `stopped`: by a person, a limit, or a person's own run; `interrupted`: its program ended. */
  end: z.enum(['running', 'done', 'failed', 'stopped', 'interrupted']),
  text: z.string(),
});

const promotionSchema = z.object({
  cycle: z.int(),
  /** Id of the attempt, and of the one it was promoted over. */
  attempt: z.string(),
  over: z.string(),
  why: z.enum(['better', 'smaller']),
  /** Mean paired difference, in units of the metric, and its interval. */
  difference: z.number(),
  interval: z.tuple([z.number(), z.number()]),
  seeds: z.int(),
  /** Share gained; see `minimumGain`. */
  share: z.number(),
  text: z.string(),
});

/** `autopilot.json` of `refs/cortex/autopilot/<study>`. */
export const autopilotStateSchema = z.object({
  version: z.literal(1),
  study: z.string(),
  /** What a person has asked for last; `stopping` until whoever runs has seen it. */
  mode: z.enum(['running', 'paused', 'stopping']),
  /** The process that works on it; `null`: none. */
  owner: z.string().nullable(),
  /** Why its owner begins nothing now, a sentence; `null` where it works, or nobody has it. */
  waiting: z.string().nullable(),
  asked: z.array(taskSchema),
  cycles: z.array(cycleSchema),
  promotions: z.array(promotionSchema),
  /** Why nothing more is tried until a person says `resume`. */
  setAside: z.object({ why: z.string(), at: z.string() }).nullable(),
  /** How many of the cycles a person has looked at: their failures count no more. */
  forgiven: z.int(),
});

export type TaskKind = (typeof TASK_KINDS)[number];
export type Task = DeepReadonly<z.infer<typeof taskSchema>>;
export type Cycle = DeepReadonly<z.infer<typeof cycleSchema>>;
export type Promotion = DeepReadonly<z.infer<typeof promotionSchema>>;
export type AutopilotState = DeepReadonly<z.infer<typeof autopilotStateSchema>>;

/** Of a study that no autopilot has seen. */
export const noAutopilot = (study: string): AutopilotState => ({
  version: 1,
  study,
  mode: 'running',
  owner: null,
  waiting: null,
  asked: [],
  cycles: [],
  promotions: [],
  setAside: null,
  forgiven: 0,
});
