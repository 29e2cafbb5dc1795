import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Attempt } from '../../../src/record/attempt.ts';
import type { Failure, Trial } from '../../../src/record/trial.ts';
import { summarize } from '../../../src/record/summary.ts';
import { acceptEverything } from '../../../src/loop/acceptEverything.ts';
import { ok } from '../../../src/util/result.ts';
import type { AttemptStore } from '../../../src/ports/attemptStore.ts';
import type { AttemptSummary } from '../../../src/record/attemptSummary.ts';
import type { LoopEvent } from '../../../src/loop/loopEvent.ts';
import type { Ports } from '../../../src/loop/ports.ts';
import type { Searcher } from '../../../src/ports/searcher.ts';
import type { Trainer } from '../../../src/ports/trainer.ts';
import type { Proposal } from '../../../src/study/proposal.ts';
import { comparableConfig } from '../../../src/record/comparableConfig.ts';
import { studyConfigSchema } from '../../../src/record/studyConfig.ts';
import type { Study } from '../../../src/study/study.ts';
import { TreeSitterSyntax } from '../../../src/adapters/syntax/treeSitterSyntax.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';

const require = createRequire(import.meta.url);
const modules = join(dirname(require.resolve('zod/package.json')), '..');
const wasmFolders = [
  'web-tree-sitter',
  'tree-sitter-typescript',
  'tree-sitter-javascript',
  'tree-sitter-python',
];
const wasmPath = (file: string): string => {
  const folder =
    wasmFolders.find((name) => file.startsWith(name)) ??
    (file.includes('tsx') ? 'tree-sitter-typescript' : 'web-tree-sitter');
  return join(modules, folder, file);
};

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A builder whose "quality" is its number of units: FakeTrainer's val_loss is 10 / units. */
export const source = (units: number): string => `import * as tf from '@tensorflow/tfjs';
export function buildModel({ inputShape, outputUnits }: { inputShape: number[]; outputUnits: number }) {
  const model = tf.sequential();
  model.add(tf.layers.dense({ inputShape, units: ${units}, activation: 'relu' }));
  model.add(tf.layers.dense({ units: outputUnits }));
  return model;
}
`;

export const study: Study = {
  name: 'fake',
  modelPath: '/fake/model.ts',
  folder: '/fake',
  logPath: null,
  config: studyConfigSchema.parse({}),
};

export const proposalTo = (units: number, base: string): Proposal => ({
  title: `Use ${units} units`,
  operator: 'widen',
  family: 'width',
  reasoning: 'Because.',
  evidence: [],
  expectedEffect: null,
  confidence: 0.5,
  proposer: 'scripted',
  base,
  text: source(units),
  fingerprint: null,
  cost: null,
});

/** Keeps attempts in memory, with the real summary. */
class FakeStore implements AttemptStore {
  readonly attempts: Attempt[] = [];
  readonly texts = new Map<string, string>();
  readonly drafts = new Map<string, Attempt>();
  readonly draftTexts = new Map<string, string>();

  list(): Promise<readonly AttemptSummary[]> {
    return Promise.resolve(this.attempts.map((attempt) => this.#summary(attempt)));
  }
  read(_: Study, id: string): Promise<Attempt> {
    const attempt = this.attempts.find((other) => other.id === id);
    return attempt ? Promise.resolve(attempt) : Promise.reject(new Error(`no attempt ${id}`));
  }
  readVariant(_: Study, id: string): Promise<string> {
    return Promise.resolve(this.texts.get(id) ?? '');
  }
  saveDraft(_: Study, attempt: Attempt, text: string): Promise<void> {
    this.draftTexts.set(attempt.id, text);
    this.drafts.set(attempt.id, attempt);
    return Promise.resolve();
  }
  record(_: Study, attempt: Attempt, text: string): Promise<AttemptSummary> {
    this.attempts.push(attempt);
    this.texts.set(attempt.id, text);
    this.drafts.delete(attempt.id);
    return Promise.resolve(this.#summary(attempt));
  }
  #summary(attempt: Attempt): AttemptSummary {
    const hashes = {
      source: hash(this.texts.get(attempt.id) ?? ''),
      config: hash(comparableConfig(attempt.config)),
    };
    return { ...summarize(attempt, hashes), commit: `commit-${attempt.number}` };
  }
}

/**
 * "Trains" by arithmetic: val_loss = 10 / units plus a little of the seed; the text `fail:<kind>`
 * in the source makes it fail.
 */
class FakeTrainer implements Trainer {
  predict(): Promise<never> {
    return Promise.reject(new Error('Nothing is kept here.'));
  }

  readonly runtimes: Trainer['runtimes'] = [
    { name: 'fake', languages: ['typescript', 'tsx', 'javascript'], capabilities: [] },
  ];
  readonly workers = 1;
  trained = 0;
  runsOn = 'fake';
  /** `units:seed` of every trial, in order. */
  readonly seeds: string[] = [];
  /** Those of them that may be given up while they train. */
  readonly bounded: string[] = [];
  /** Called before each trial; throws where the machine is to go down. */
  before: (units: number, seed: number) => void = () => undefined;
  profileData: Trainer['profileData'] = () =>
    Promise.resolve({
      task: 'regression',
      inputShape: [4],
      outputUnits: 1,
      rows: { train: 60, validation: 20, test: 20 },
      classShares: [],
      hash: 'data',
    });
  references: Trainer['references'] = () =>
    Promise.resolve({ trivial: { val_loss: 10 }, linear: { val_loss: 9 } });
  build: Trainer['build'] = (_, { text }) =>
    Promise.resolve(
      text.includes('units: 13,')
        ? { ok: false, error: failure('shape') }
        : ok({ layers: [], parameters: text.length }),
    );
  train: Trainer['train'] = async ({ variant, seeds, bounds = [], onTrial, study: { config } }) => {
    await Promise.resolve();
    this.trained++;
    const units = Number(/units: (\d+)/.exec(variant.text)?.[1]);
    const trials: Trial[] = [];
    for (const seed of seeds) {
      this.before(units, seed);
      this.bounded.push(
        ...bounds.filter((bound) => bound.seed === seed).map(() => `${units}:${seed}`),
      );
      const trial = this.#trial(units, seed, config.epochs);
      trials.push(trial);
      onTrial?.(trial);
    }
    const environment = {
      cortex: '0',
      runtime: this.runsOn,
      probe: {},
      versions: {},
      platform: 'fake',
    };
    return { trials, parameters: units, environment, dataHash: 'data' };
  };
  #trial(units: number, seed: number, epochs: number): Trial {
    this.seeds.push(`${units}:${seed}`);
    const metric = 10 / units + seed * 0.001 * (1 + (units % 3));
    const curve = Array.from({ length: epochs }, () => metric);
    const measures = { loss: metric, val_loss: metric, test_loss: metric };
    const common = {
      seed,
      curves: { loss: curve, val_loss: curve },
      epochs,
      seconds: { fit: 1, total: 1 },
    };
    if (units === 667)
      return {
        ...common,
        outcome: 'failed',
        failure: {
          ...failure('stopped'),
          message: 'Stopped at epoch 2 of 20: val_loss 1 against 0.5 ± 0.1.',
          line: null,
        },
      };
    if (units === 666) return { ...common, outcome: 'failed', failure: failure('not-a-number') };
    return { ...common, outcome: 'completed', measures };
  }
  runtime: Trainer['runtime'] = () => Promise.resolve(this.runsOn);
  dispose = (): Promise<void> => Promise.resolve();
}

const failure = (kind: Failure['kind']): Failure => ({
  kind,
  message: `failed by ${kind}`,
  line: 4,
  stderr: [],
});

/** Offers the given numbers of units in turn, each based on what it is asked about. */
export const scripted = (...units: readonly number[]): Searcher => {
  const left = [...units];
  return {
    name: 'scripted',
    ask: ({ model }) => {
      const next = left.shift();
      return Promise.resolve(next === undefined ? [] : [proposalTo(next, model.text)]);
    },
  };
};

/** Offers all of the given numbers of units at once, as many as are asked for. */
export const scriptedBatch = (...units: readonly number[]): Searcher => ({
  name: 'scripted',
  ask: ({ model }, count) =>
    Promise.resolve(units.slice(0, count).map((own) => proposalTo(own, model.text))),
});

/** All ports around a file with 8 units. */
export function fakePorts(
  searcher: Searcher,
  overrides: Partial<Ports> = {},
): Ports & { store: FakeStore; trainer: FakeTrainer; events: LoopEvent[] } {
  const events: LoopEvent[] = [];
  let now = 0;
  return {
    clock: { now: () => (now += 1000), deadline: () => new AbortController().signal },
    random: seededRandom(1),
    syntax: new TreeSitterSyntax(wasmPath),
    files: {
      readModel: () =>
        Promise.resolve({ path: study.modelPath, language: 'typescript', text: source(8) }),
      readLog: () => Promise.resolve(null),
    },
    searcher,
    reviewer: acceptEverything,
    onEvent: (event) => {
      events.push(event);
    },
    hash,
    ...overrides,
    store: new FakeStore(),
    trainer: new FakeTrainer(),
    events,
  };
}

/** A run of so many rounds without a wish. */
export const options = (rounds: number, baselineCheck: 'first' | 'skip' = 'skip') => ({
  rounds,
  wish: null,
  baselineCheck,
  signal: new AbortController().signal,
});
