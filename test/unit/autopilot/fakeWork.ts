import type { AutopilotEvent, AutopilotPorts, Work } from '../../../src/loop/autopilot/work.ts';
import type { LoopEvent } from '../../../src/loop/loopEvent.ts';
import type { StoredState } from '../../../src/ports/autopilotStore.ts';
import type { Attempt } from '../../../src/record/attempt.ts';
import type { AttemptSummary } from '../../../src/record/attemptSummary.ts';
import { noAutopilot, type AutopilotState } from '../../../src/record/autopilotState.ts';
import { studyConfigSchema } from '../../../src/record/studyConfig.ts';
import type { Study } from '../../../src/study/study.ts';
import { CortexError } from '../../../src/util/errors.ts';
import { attempt } from '../operators/architectures.ts';

export const studyOf = (name: string, autopilot: object = {}): Study => ({
  name,
  modelPath: `/repository/${name}/model.ts`,
  folder: `/repository/${name}`,
  logPath: null,
  config: studyConfigSchema.parse({ autopilot }),
});

/** What a fake study makes of a task: a mean of `val_loss`, or a failure. */
export type Script = (study: Study, what: string, signal: AbortSignal) => Promise<number | null>;

/** An autopilot's surroundings in memory; time passes by what is waited for and worked. */
export class FakeWorld {
  readonly histories = new Map<string, AttemptSummary[]>();
  readonly states = new Map<string, StoredState>();
  readonly events: AutopilotEvent[] = [];
  readonly asked: string[] = [];
  readonly studies: readonly Study[];
  readonly script: Script;
  load = 0;
  awake = 0;
  isBusy = false;
  typedAt: number | null = null;
  /** Told of each wait, before it is over. */
  onWait: () => void = () => undefined;

  constructor(studies: readonly Study[], script: Script) {
    this.studies = studies;
    this.script = script;
  }

  state({ name }: Study): AutopilotState {
    return this.states.get(name)?.state ?? noAutopilot(name);
  }

  put({ name }: Study, state: AutopilotState): StoredState {
    const stored = { state, commit: `c${Math.random()}` };
    this.states.set(name, stored);
    return stored;
  }

  historyOf({ name }: Study): AttemptSummary[] {
    const known = this.histories.get(name) ?? [];
    this.histories.set(name, known);
    return known;
  }

  ports(): AutopilotPorts {
    return {
      work: this.#work(() => undefined),
      now: () => this.awake,
      onEvent: (event) => this.events.push(event),
      store: {
        read: (study) =>
          Promise.resolve(
            this.states.get(study.name) ?? { state: noAutopilot(study.name), commit: '' },
          ),
        change: (study, _, to) => Promise.resolve(this.put(study, to(this.state(study)))),
        claim: (study, to) => {
          if (this.state(study).owner === 'another') return Promise.reject(running());
          return Promise.resolve(this.put(study, { ...to(this.state(study)), owner: 'me' }));
        },
        isClaimed: ({ owner }) => Promise.resolve(owner !== null),
        isBusy: () => Promise.resolve(this.isBusy),
        noteTyping: () => Promise.resolve(),
        typedAt: () => Promise.resolve(this.typedAt),
      },
      machine: {
        now: () => Promise.resolve({ loadPerCore: this.load, freeMemoryMB: 4000, onBattery: null }),
        awakeMs: () => this.awake,
        wait: (milliseconds) => this.#wait(milliseconds),
      },
    };
  }

  async #wait(milliseconds: number): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.awake += milliseconds;
    this.onWait();
  }

  #work(hear: (event: LoopEvent) => void): Work {
    const does = (what: string) => async (study: Study, request: unknown) => {
      this.asked.push(`${study.name} ${what}`);
      const { signal } = request as { readonly signal: AbortSignal };
      const mean = await this.script(study, what, signal);
      this.awake += 60_000;
      if (mean !== null) hear(this.#recorded(study, mean));
    };
    return {
      hearing: (listener) => this.#work(listener),
      openStudy: (path) =>
        Promise.resolve(this.studies.find(({ modelPath }) => modelPath === path) ?? missing()),
      history: (study) => Promise.resolve(this.historyOf(study)),
      attempt: (study, id) => Promise.resolve(this.#record(study, id)),
      variantText: () => Promise.resolve('text'),
      ownText: () => Promise.resolve('text'),
      attemptOfCode: (study) => Promise.resolve(this.historyOf(study)[0]),
      inspect: () => Promise.reject(new Error('not asked')),
      dataHash: () => Promise.resolve('data'),
      diagnose: () => Promise.reject(new Error('not asked')),
      studiesBeside: () => Promise.resolve([]),
      train: does('train'),
      improve: does('improve'),
      search: does('search'),
      compress: does('compress'),
      ablate: (study, _, signal) => does('ablate')(study, { signal }),
    };
  }

  /** Every attempt descends from the best so far, by two seeds with the same difference. */
  #recorded(study: Study, mean: number): LoopEvent {
    const history = this.historyOf(study);
    const parent = history.findLast(({ verdict }) => verdict === 'better') ?? history[0];
    const before = parent?.metric?.mean ?? mean;
    const change = attempt({
      id: `${study.name}-${history.length}`,
      number: history.length,
      kind: parent ? 'change' : 'baseline',
      verdict: parent ? (mean < before ? 'better' : 'worse') : 'baseline',
      parents: parent ? [parent.id] : [],
      metric: { mean, sd: 0.001, values: [mean, mean] },
      effect: { observed: mean - before, predicted: null },
      dataHash: 'data',
    });
    history.push(change);
    return { kind: 'recorded', attempt: change, text: '' };
  }

  #record(study: Study, id: string): Attempt {
    const mean = this.historyOf(study).find((each) => each.id === id)?.metric?.mean ?? NaN;
    const trials = [1, 2, 3].map((seed) => ({
      outcome: 'completed' as const,
      seed,
      curves: {},
      epochs: 1,
      seconds: { fit: 1, total: 1 },
      measures: { val_loss: mean + seed / 1000 },
    }));
    return { kind: 'baseline', trials, environment: null } as unknown as Attempt;
  }
}

const running = (): CortexError =>
  new CortexError({
    code: 'autopilot-running',
    kind: 'environment',
    happened: 'An autopilot works on it already.',
    expected: 'one.',
    remedy: 'Wait.',
  });

function missing(): never {
  throw new Error('no such study');
}
