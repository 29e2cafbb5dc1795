import { describeStop, hasFallenBehind } from '../../judge/fallenBehind.ts';
import type { TrainingLog } from '../../log/trainingLog.ts';
import { objectiveOf } from '../../record/objectives.ts';
import type { Curves, Failure, Measures, Trial } from '../../record/trial.ts';
import type { CommandRun } from './commandRun.ts';

/** How a run ended: in how many seconds, and why it is no trial (`null`: it is one). */
interface Ending {
  readonly seconds: number;
  readonly failure: Failure | null;
}

/** Looks at a run's log while it grows: tells its epochs, and says when to stop. */
export class RunWatch {
  /** Called once, when the run is to end. */
  onStop: () => void = () => undefined;
  readonly #run: CommandRun;
  #curves: Curves = {};
  #epochs = 0;
  #stopped: Failure | null = null;

  constructor(run: CommandRun) {
    this.#run = run;
  }

  /** Why it was stopped; `null` where it was not. */
  get stopped(): Failure | null {
    return this.#stopped;
  }

  stop(kind: Failure['kind'], message: string): void {
    if (this.#stopped) return;
    this.#stopped = { kind, message, line: null, stderr: [] };
    this.onStop();
  }

  /** The log as it stands now; each epoch that is new in it is told. */
  see({ series, epochs }: TrainingLog): void {
    this.#curves = Object.fromEntries(
      Object.entries(series).map(([name, values]) => [name, values.map(finite)]),
    );
    const count = epochs.length;
    for (let epoch = this.#epochs; epoch < count; epoch += 1) this.#tell(epoch, count);
    this.#epochs = Math.max(this.#epochs, count);
    this.#judge(series);
  }

  trial({ seconds, failure }: Ending): Trial {
    const run = {
      seed: this.#run.seed,
      curves: this.#curves,
      epochs: this.#epochs,
      seconds: { fit: seconds, total: seconds },
    };
    return failure
      ? { ...run, outcome: 'failed', failure }
      : { ...run, outcome: 'completed', measures: this.#measures(seconds) };
  }

  #measures(seconds: number): Measures {
    const last = Object.entries(this.#curves).flatMap(([name, values]) => {
      const value = values.findLast((each) => each !== null);
      return value === undefined || value === null ? [] : [[name, value] as const];
    });
    return { ...Object.fromEntries(last), seconds };
  }

  #tell(index: number, count: number): void {
    const { request, seed, seedIndex } = this.#run;
    const logs = Object.entries(this.#curves).flatMap(([name, values]) => {
      const value = values[index];
      return value === null || value === undefined ? [] : [[name, value] as const];
    });
    request.onProgress({
      seed,
      seedIndex,
      seedCount: request.seeds.length,
      epoch: index + 1,
      epochs: Math.max(count, request.study.config.epochs),
      logs: Object.fromEntries(logs),
      secondsLeft: null,
    });
  }

  #judge(series: TrainingLog['series']): void {
    const { request, seed } = this.#run;
    const { metric } = objectiveOf(request.study.config);
    const broken = [metric, 'loss'].find((name) => isBroken(series[name]?.at(-1)));
    if (broken !== undefined)
      this.stop(
        'not-a-number',
        `${broken} stopped being a finite number in epoch ${this.#epochs}.`,
      );
    const bound = request.bounds?.find((each) => each.seed === seed);
    const curve = this.#curves[metric] ?? [];
    if (bound && hasFallenBehind(bound, curve)) this.stop('stopped', describeStop(bound, curve));
  }
}

const finite = (value: number | null): number | null =>
  value !== null && Number.isFinite(value) ? value : null;

const isBroken = (value: number | null | undefined): boolean =>
  typeof value === 'number' && !Number.isFinite(value);
