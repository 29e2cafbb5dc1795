import * as z from 'zod';
import type { DeepReadonly } from '../util/deepReadonly.ts';

/** What raises a task, in the order in which they are looked at. */
export const TRIGGERS = [
  'unmeasured',
  'data-changed',
  'environment-changed',
  'log-finding',
  'target-missed',
  'between-bounds',
  'inconclusive',
  'unablated',
  'too-slow',
  'too-large',
  'better-elsewhere',
  'unsearched',
  'going-well',
  'idle',
] as const;

/** What raises a task. */
export type TriggerName = (typeof TRIGGERS)[number];

const positive = (): z.ZodNumber => z.number().positive();

/** `autopilot` in a study file. */
export const autopilotSchema = z.strictObject({
  triggers: z
    .partialRecord(z.enum(TRIGGERS), z.boolean())
    .default({})
    .describe('What may raise a task, each on (the default) or off: {"idle": false}.'),
  target: z.number().optional().describe('What the metric is to reach.'),
  between: z
    .tuple([z.number(), z.number()])
    .optional()
    .describe('Two bounds of the metric between which its training is worked on.'),
  latencyMs: positive()
    .optional()
    .describe('A best attempt that answers a row more slowly than this is made smaller.'),
  modelKB: positive()
    .optional()
    .describe('A best attempt whose weights take more KiB than this is made smaller.'),
  idleDays: positive().default(7).describe('Days without an attempt after which one is made.'),
  minimumGain: z
    .number()
    .min(0)
    .lt(1)
    .default(0.1)
    .describe(
      'Share of the metric (of what is missing to 1, where it is an accuracy or the like) that ' +
        'an attempt must gain over the promoted one to be promoted over it.',
    ),
  mayLose: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.01)
    .describe('The same share that a smaller model may lose.'),
  minutes: positive().default(10).describe('Of one task, at most.'),
  rounds: z.int().positive().default(3).describe('Of one training task.'),
  trials: z.int().positive().optional().describe('Of one search; default: its minutes alone.'),
  patience: z
    .int()
    .positive()
    .default(4)
    .describe('Tasks without a gain after which a study rests for a while.'),
  interval: positive().default(10).describe('Minutes between two looks while nothing is to do.'),
  maxLoad: positive()
    .default(4)
    .describe('Programs that want to run, for each core, above which it waits.'),
  onBattery: z.boolean().default(false).describe('Whether it goes on without mains power.'),
  typingMinutes: z
    .number()
    .min(0)
    .default(1)
    .describe('Minutes since you typed last, in VS Code, before it begins the next task.'),
  watts: positive().default(65).describe('What training takes, for the estimate of its energy.'),
});

/** The settings of a study, every default filled in. */
export type AutopilotSettings = DeepReadonly<z.infer<typeof autopilotSchema>>;
