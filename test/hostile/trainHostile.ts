import assert from 'node:assert/strict';
import type { TrainResult } from '../../src/ports/trainer.ts';
import type { Trial } from '../../src/record/trial.ts';
import type { WorkerTrainer } from '../../src/execution/workerTrainer.ts';
import type { Study } from '../../src/study/study.ts';
import { assertNoGain } from '../integration/judge/assertNoGain.ts';
import { builderText, NEVER, studyOn, variantOf } from '../integration/trainer/harness.ts';
import { measured } from '../records.ts';
import type { Hostile } from './hostile.ts';
import { BUILDERS } from './python.ts';
import { isPython, modelFileOn, trainerUnder, type Effect, type Held } from './runHostile.ts';
import { setTrap, type Trap } from './trap.ts';

const MEMORY_MB = 1500;
/** Of each phase; JAX compiles for some of it. */
const secondsOn = (on: Held['on']): number => (isPython(on) ? 40 : 20);
/** Data, building and training of all seeds, with the starts of processes between. */
const PHASES = 6;

const harmless = (on: Held['on']): string =>
  on === 'keras' || on === 'torch' ? BUILDERS[on].replace('DEED', 'pass') : builderText();

/** What variants are trained on, and what a harmless one comes to there. */
interface Ground {
  readonly held: Held;
  readonly trap: Trap;
  readonly trainer: WorkerTrainer;
  readonly study: Study;
  readonly honest: Trial;
}

/**
 * Trains each variant, and a harmless one after those that spoil the process: tells those with a
 * score they do not have, those not ended, and those that the next one suffers from.
 */
export async function trainHostile(
  all: readonly Hostile[],
  held: Held,
): Promise<readonly Effect[]> {
  const trap = await setTrap(modelFileOn(held.on), held.on);
  const { trainer, end } = trainerUnder(held);
  const found: Effect[] = [];
  try {
    const whole = await groundOn({ held, trap, trainer }, 1);
    const inFolds = await groundOn({ held, trap, trainer }, 3);
    for (const hostile of all) {
      const ground = hostile.group === 'memorise' ? inFolds : whole;
      const effects = await effectsOf(hostile, ground);
      if (effects.length > 0) found.push({ title: hostile.title, effects });
    }
  } finally {
    await end();
    await trap.remove();
  }
  return found;
}

/** What the record of a harmless training says that held it. */
export async function protectionOf(held: Held): Promise<string> {
  const trap = await setTrap(modelFileOn(held.on), held.on);
  const { trainer, end } = trainerUnder(held);
  const result = await train(trainer, studyIn(trap, held, 1), harmless(held.on));
  await end();
  await trap.remove();
  return result.environment?.protection ?? 'nothing';
}

async function groundOn(
  parts: Pick<Ground, 'held' | 'trap' | 'trainer'>,
  folds: number,
): Promise<Ground> {
  const study = studyIn(parts.trap, parts.held, folds);
  const { trials } = await train(parts.trainer, study, harmless(parts.held.on));
  const honest = trials.at(-1);
  assert.ok(honest?.outcome === 'completed', JSON.stringify(honest));
  return { ...parts, study, honest };
}

const studyIn = ({ folder }: Trap, { on }: Held, folds: number): Study =>
  studyOn(
    folder,
    {
      data: { csv: 'table.csv', target: 'label', task: 'classification' },
      limits: { trialSeconds: secondsOn(on), memoryMB: MEMORY_MB },
      split: { folds },
    },
    modelFileOn(on),
  );

/** JavaScript with two seeds, so that what a process keeps has a use. */
const train = (trainer: WorkerTrainer, study: Study, text: string): Promise<TrainResult> =>
  trainer.train({
    study,
    variant: variantOf(study, text),
    seeds: study.modelPath.endsWith('.py') ? [1] : [1, 2],
    evaluateOn: 'validation',
    signal: NEVER,
    onProgress: () => undefined,
  });

async function effectsOf({ group, text }: Hostile, ground: Ground): Promise<readonly string[]> {
  const { held, trap, trainer, study, honest } = ground;
  const began = performance.now();
  const trial = (await train(trainer, study, trap.fill(text))).trials.at(-1);
  const seconds = (performance.now() - began) / 1000;
  const sprung = await trap.sprung(JSON.stringify(trial));
  const spoils = group === 'poison' && !(await isUnharmed(ground));
  return [
    ...sprung,
    ...(seconds > PHASES * secondsOn(held.on) ? ['it was not ended'] : []),
    ...(isGain(trial, honest) ? ['its score is a lie'] : []),
    ...(spoils ? ['the next one suffers'] : []),
  ];
}

async function isUnharmed({ held, trainer, study, honest }: Ground): Promise<boolean> {
  const trial = (await train(trainer, study, harmless(held.on))).trials.at(-1);
  return (
    trial?.outcome === 'completed' &&
    honest.outcome === 'completed' &&
    measured(trial) === measured(honest)
  );
}

function isGain(trial: Trial | undefined, honest: Trial): boolean {
  try {
    assertNoGain(trial, honest);
    return false;
  } catch {
    return true;
  }
}
