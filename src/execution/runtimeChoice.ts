import type { Study } from '../study/study.ts';
import type { RuntimeName } from './spawnWorker.ts';

/**
 * The runtime of a study in this session, and the probed seconds per step it was chosen by (empty
 * where nothing was compared).
 */
export interface RuntimeChoice {
  readonly runtime: RuntimeName;
  readonly probe: Readonly<Record<string, number>>;
}

/** What probing a runtime gave: seconds per training step, or why there are none. */
export type ProbeResult =
  | { readonly kind: 'seconds'; readonly seconds: number }
  /** The runtime is not to be had on this machine. */
  | { readonly kind: 'unavailable' }
  /** The variant does not train on it. */
  | { readonly kind: 'failed' };

type Probe = (runtime: RuntimeName) => Promise<ProbeResult>;

/** In the order they are preferred when none can be measured. */
const FAST: readonly RuntimeName[] = ['wasm', 'tfjs-node'];

/**
 * Decides which runtime a study trains on, once per session: a baseline and its variants must run
 * on the same one to be compared.
 */
export class RuntimeChooser {
  readonly #setting: RuntimeName | 'auto';
  readonly #chosen = new Map<string, RuntimeChoice>();

  constructor(setting: RuntimeName | 'auto') {
    this.#setting = setting;
  }

  /** What is already decided for a study; `null` when nothing is. */
  known(study: Study): RuntimeChoice | null {
    if (this.#setting !== 'auto') return { runtime: this.#setting, probe: {} };
    return this.#chosen.get(keyOf(study)) ?? null;
  }

  /**
   * Probes the fast runtimes and keeps the faster; the cpu is asked only where none of them trains
   * the variant.
   */
  async choose(study: Study, probe: Probe): Promise<RuntimeChoice> {
    const known = this.known(study);
    if (known) return known;
    const fast = await probeAll(FAST, probe);
    const measured = fast.best ? fast : await probeAll(['cpu'], probe);
    // A variant that trains nowhere says nothing about runtimes: let the next one decide.
    if (!measured.best) return { runtime: fast.there[0] ?? 'cpu', probe: {} };
    const choice = { runtime: measured.best, probe: measured.seconds };
    this.#chosen.set(keyOf(study), choice);
    return choice;
  }
}

const keyOf = (study: Study): string => JSON.stringify([study.name, study.modelPath]);

interface Probed {
  readonly best: RuntimeName | null;
  readonly seconds: Readonly<Record<string, number>>;
  /** Those that started at all. */
  readonly there: readonly RuntimeName[];
}

async function probeAll(runtimes: readonly RuntimeName[], probe: Probe): Promise<Probed> {
  const seconds: Partial<Record<RuntimeName, number>> = {};
  const there: RuntimeName[] = [];
  for (const runtime of runtimes) {
    const result = await probe(runtime);
    if (result.kind !== 'unavailable') there.push(runtime);
    if (result.kind === 'seconds') seconds[runtime] = result.seconds;
  }
  const measured = there.filter((runtime) => seconds[runtime] !== undefined);
  const best =
    measured.sort((a, b) => (seconds[a] ?? Infinity) - (seconds[b] ?? Infinity))[0] ?? null;
  return { best, seconds: seconds as Record<string, number>, there };
}
