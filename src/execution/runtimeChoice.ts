import { languageOf } from '../model/modelFile.ts';
import { trainsLanguage } from '../model/runtime.ts';
import type { Study } from '../study/study.ts';
import { noRuntime, notTrainable } from './errors.ts';
import type { LaunchedRuntime } from './runtimes.ts';

/**
 * The runtime of a study in this session, and the probed seconds per step it was chosen by (empty
 * where nothing was compared).
 */
export interface RuntimeChoice {
  readonly runtime: string;
  readonly probe: Readonly<Record<string, number>>;
}

/** What probing a runtime gave: seconds per training step, or why there are none. */
export type ProbeResult =
  | { readonly kind: 'seconds'; readonly seconds: number }
  /** The runtime is not to be had on this machine. */
  | { readonly kind: 'unavailable' }
  /** The variant does not train on it. */
  | { readonly kind: 'failed' };

type Probe = (runtime: string) => Promise<ProbeResult>;

/**
 * Decides which runtime a study trains on, once per session: a baseline and its variants must run
 * on the same one to be compared.
 */
export class RuntimeChooser {
  readonly #setting: string;
  readonly #runtimes: readonly LaunchedRuntime[];
  readonly #chosen = new Map<string, RuntimeChoice>();

  /** @param setting the name of a runtime, or `auto` */
  constructor(setting: string, runtimes: readonly LaunchedRuntime[]) {
    this.#setting = setting;
    this.#runtimes = runtimes;
  }

  /** What is already decided for a study; `null` when nothing is. */
  known(study: Study): RuntimeChoice | null {
    const fitting = this.#fitting(study);
    // One alone is not compared: what keeps it from starting is told by starting it.
    const asked =
      fitting.length === 1 ? fitting[0] : fitting.find(({ name }) => name === this.#setting);
    return asked ? { runtime: asked.name, probe: {} } : (this.#chosen.get(keyOf(study)) ?? null);
  }

  /** What a study is checked on before it has its runtime: the likeliest one to start. */
  forChecks(study: Study): string {
    const fitting = this.#fitting(study);
    const likeliest = fitting.find(({ capabilities }) => capabilities.includes('everywhere'));
    const [first] = fitting;
    if (!first) throw notTrainable(study.modelPath, this.#runtimes);
    return this.known(study)?.runtime ?? (likeliest ?? first).name;
  }

  /** What loads a trained model: the runtime that is asked for, or the one that is everywhere. */
  forLoading(study: Study): string {
    const fitting = this.#fitting(study);
    const asked = fitting.find(({ name }) => name === this.#setting);
    const everywhere = fitting.find(({ capabilities }) => capabilities.includes('everywhere'));
    return (asked ?? everywhere)?.name ?? this.forChecks(study);
  }

  /**
   * Probes the runtimes that are compared and keeps the fastest, or the one that the study trained
   * on before where it is not much slower; the others are asked only where none of them trains the
   * variant.
   */
  async choose(study: Study, probe: Probe): Promise<RuntimeChoice> {
    const known = this.known(study);
    if (known) return known;
    if (this.#fitting(study).length === 0) throw notTrainable(study.modelPath, this.#runtimes);
    const compared = await probeAll(this.#named(study, 'compared'), probe);
    const measured = compared.best ? compared : await probeAll(this.#named(study, 'last'), probe);
    // A variant that trains nowhere says nothing about runtimes: let the next one decide.
    if (measured.best === null) {
      const [there] = [...compared.there, ...measured.there];
      if (there === undefined) throw noRuntime(this.#fitting(study));
      return { runtime: there, probe: {} };
    }
    const runtime = fastEnough(study.lastRuntime, measured.seconds) ?? measured.best;
    const choice = { runtime, probe: measured.seconds };
    this.#chosen.set(keyOf(study), choice);
    return choice;
  }

  #named(study: Study, auto: LaunchedRuntime['auto']): readonly string[] {
    return this.#fitting(study).flatMap((runtime) => (runtime.auto === auto ? [runtime.name] : []));
  }

  #fitting(study: Study): readonly LaunchedRuntime[] {
    return this.#runtimes.filter(
      (runtime) =>
        trainsLanguage(runtime, languageOf(study.modelPath)) &&
        (runtime.fits?.(study) ?? true) &&
        (runtime.auto !== 'never' || runtime.name === this.#setting),
    );
  }
}

/** On a busy machine a probe is off by so much: no reason to leave what can be compared. */
const MUCH_SLOWER = 2;

/** The runtime of before, where it trains here and is not much slower than the fastest. */
function fastEnough(
  before: string | undefined,
  seconds: Readonly<Record<string, number>>,
): string | null {
  const most = MUCH_SLOWER * Math.min(...Object.values(seconds));
  const stays = Object.entries(seconds).find(([name, own]) => name === before && own <= most);
  return stays?.[0] ?? null;
}

const keyOf = (study: Study): string => JSON.stringify([study.name, study.modelPath]);

interface Probed {
  readonly best: string | null;
  readonly seconds: Readonly<Record<string, number>>;
  /** Those that started at all. */
  readonly there: readonly string[];
}

async function probeAll(runtimes: readonly string[], probe: Probe): Promise<Probed> {
  const seconds: Record<string, number> = {};
  const there: string[] = [];
  for (const runtime of runtimes) {
    const result = await probe(runtime);
    if (result.kind !== 'unavailable') there.push(runtime);
    if (result.kind === 'seconds') seconds[runtime] = result.seconds;
  }
  const measured = there.filter((runtime) => seconds[runtime] !== undefined);
  const best =
    measured.sort((a, b) => (seconds[a] ?? Infinity) - (seconds[b] ?? Infinity))[0] ?? null;
  return { best, seconds, there };
}
