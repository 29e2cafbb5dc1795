import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import type { ObservingProgram } from '../../ports/observingProgram.ts';
import { throwIfAborted } from '../../util/errors.ts';
import { attachFailed, attachTimedOut } from './errors.ts';

/** One run of a script under observation. */
export interface Observation {
  readonly script: string;
  readonly observer: ObservingProgram;
  /** A folder of Cortex's own, for the data. */
  readonly folder: string;
  readonly seconds: number;
  readonly signal: AbortSignal;
}

const learnedSchema = z.object({
  kind: z.literal('observed'),
  /** What the run wrote into its own folder was kept out of it. */
  covered: z.boolean(),
  data: z.string(),
  epochs: z.number(),
  batchSize: z.number(),
  validation: z.number().nullable(),
  rows: z.record(z.string(), z.number()),
  inputShape: z.array(z.number()),
  outputUnits: z.number(),
  task: z.enum(['classification', 'regression', 'multi-label']),
  loss: z.string(),
  optimizer: z.string().nullable(),
  parameters: z.number().nullable(),
  /** Callbacks and schedulers that change the training. */
  kept: z.array(z.string()),
  leftOut: z.array(z.string()),
  /** What a person should know of how this was learned. */
  notes: z.array(z.string()),
});

const answerSchema = z.discriminatedUnion('kind', [
  learnedSchema,
  z.object({ kind: z.literal('failed'), message: z.string(), line: z.number().nullable() }),
]);

/** What one run of the user's script told: what it trains, on what, and how. */
export type Learned = z.infer<typeof learnedSchema>;

const run = promisify(execFile);

/**
 * Runs a script, as it stands, up to its call of `fit`, or through the first epoch of a loop of its
 * own. Rejects with an `input` error where it does not come that far.
 */
export async function observeScript(observation: Observation): Promise<Learned> {
  const { script, observer, folder, seconds, signal } = observation;
  // Of this run alone: another window may be looking at another script.
  const answerPath = join(folder, `observed-${randomUUID()}.json`);
  await mkdir(folder, { recursive: true });
  const ended = await run(observer.program, observer.arguments(answerPath), {
    cwd: dirname(script),
    env: observer.environment,
    timeout: seconds * 1000,
    killSignal: 'SIGKILL',
    maxBuffer: MOST_PRINTED,
    signal,
  }).then(
    () => null,
    (error: unknown) => error as { killed?: boolean; stderr?: string },
  );
  throwIfAborted(signal, 'Looking at the script');
  const text = await readFile(answerPath, 'utf8').catch(() => null);
  await rm(answerPath, { force: true });
  if (text === null && ended?.killed) throw attachTimedOut(script, seconds);
  if (text === null) throw attachFailed(script, null, lastLine(ended?.stderr));
  const answer = answerSchema.parse(JSON.parse(text));
  if (answer.kind === 'failed') throw attachFailed(script, answer.line, answer.message);
  return answer;
}

/** A script may print without end; what it prints is of no use here. */
const MOST_PRINTED = 2 ** 30;

const lastLine = (text = ''): string => text.trim().split('\n').at(-1) ?? '';
