import type { TrainRequest, TrainResult } from '../../ports/trainer.ts';
import type { Environment } from '../../record/environment.ts';
import type { Trial } from '../../record/trial.ts';
import type { Study } from '../../study/study.ts';
import { commandLine } from './commandLine.ts';
import type { LogSource } from './commandRun.ts';
import type { Ground } from './ground.ts';
import { groundFor } from './groundFor.ts';
import { runCommand } from './runCommand.ts';

/** What runs of commands need from outside. */
export interface CommandPlace extends LogSource {
  readonly cortexVersion: string;
  /** Folder with what sets the random numbers of Python as it starts. */
  readonly startFolder: string;
  /** The interpreter of a study's project; `null` for whatever the shell finds. */
  readonly pythonFor: (study: Study) => Promise<string | null>;
  /** Where the study's files stand, as far as a command may see them; absent: its repository. */
  readonly rootFor?: (study: Study) => string;
}

/** How a trial by a command is called where a runtime is named. */
export const BY_COMMAND = 'command';

/** Runs the study's command, one seed after the other: what it takes of the machine none knows. */
export async function runSeeds(request: TrainRequest, place: CommandPlace): Promise<TrainResult> {
  const { study, variant } = request;
  const ground = await groundFor(study, variant, place.rootFor?.(study));
  try {
    const trials = await trialsOn(ground, request, place);
    const environment = environmentOf(ground, place.cortexVersion);
    return { trials, environment, parameters: null, dataHash: null };
  } finally {
    await ground.remove();
  }
}

async function trialsOn(
  ground: Ground,
  request: TrainRequest,
  place: CommandPlace,
): Promise<readonly Trial[]> {
  const { study, seeds } = request;
  const python = await place.pythonFor(study);
  const trials: Trial[] = [];
  for (const [seedIndex, seed] of seeds.entries()) {
    if (request.signal.aborted) break;
    const line = commandLine(study, { seed, python, startFolder: place.startFolder });
    const trial = await runCommand({ request, ground, line, seed, seedIndex }, place);
    trials.push(trial);
    request.onTrial?.(trial);
    if (trial.outcome === 'failed' && trial.failure.kind !== 'not-a-number') break;
    await ground.renew();
  }
  return trials;
}

const environmentOf = ({ kind }: Ground, cortex: string): Environment => ({
  cortex,
  runtime: BY_COMMAND,
  probe: {},
  versions: { ground: kind },
  platform: `${process.platform}-${process.arch}`,
  protection: 'unprotected',
});
