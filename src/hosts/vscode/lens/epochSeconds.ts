import type { Attempt } from '../../../record/attempt.ts';
import type { Study } from '../../../study/study.ts';
import type { Host } from '../host.ts';

/** How long an epoch of a study's newest baseline took; its record is read once. */
export class EpochSeconds {
  readonly #host: Host;
  readonly #known = new Map<string, Promise<number | null>>();

  constructor(host: Host) {
    this.#host = host;
  }

  /** In seconds; `null` before a baseline has been trained, and where its record cannot be read. */
  of(modelPath: string): Promise<number | null> {
    const entry = this.#host.studies.peek(modelPath);
    const baseline =
      entry?.state === 'ready'
        ? entry.attempts.findLast(({ verdict }) => verdict === 'baseline')
        : undefined;
    if (entry?.state !== 'ready' || !baseline) return Promise.resolve(null);
    const { study } = entry;
    const known =
      this.#known.get(baseline.id) ??
      this.#host.commands.attempt('the seconds of an epoch', () => this.#read(study, baseline.id));
    this.#known.set(baseline.id, known);
    return known;
  }

  async #read(study: Study, id: string): Promise<number | null> {
    return secondsAnEpoch(await (await this.#host.engine.get()).attempt(study, id));
  }
}

function secondsAnEpoch({ trials }: Attempt): number | null {
  const fitted = trials.filter(({ epochs }) => epochs > 0);
  const epochs = fitted.reduce((sum, trial) => sum + trial.epochs, 0);
  return epochs === 0 ? null : fitted.reduce((sum, trial) => sum + trial.seconds.fit, 0) / epochs;
}
