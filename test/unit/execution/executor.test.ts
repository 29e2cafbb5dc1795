import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TrainResult } from '../../../src/ports/trainer.ts';
import type { Trial } from '../../../src/record/trial.ts';
import { Executor } from '../../../src/execution/executor.ts';
import type { Reply } from '../../../src/execution/protocol.ts';
import type {
  Hearing,
  WorkerAnswer,
  TrialOrder,
  WorkerSource,
} from '../../../src/execution/workerSource.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';

const environment = { cortex: '0', runtime: 'paper', probe: {}, versions: {}, platform: 'paper' };
const SEEDS = [5, 6, 7, 8, 9];

const trialOf = (seed: number): Trial => ({
  outcome: 'completed',
  seed,
  measures: { loss: seed / 10 },
  curves: { loss: [seed] },
  epochs: 1,
  seconds: { fit: 1, total: 1 },
});

type Train = (worker: number, order: TrialOrder, hearing: Hearing) => Promise<WorkerAnswer>;

/** Workers on paper: `train` says what one does with an order. */
class PaperWorkers implements WorkerSource {
  readonly patience = { startSeconds: 0, graceSeconds: 0.05 };
  readonly discarded: number[] = [];
  readonly count: number;
  readonly mostLeases: number;
  readonly train: Train;
  readonly #tails: Promise<void>[];

  constructor(count: number, train: Train) {
    this.count = count;
    this.mostLeases = count > 1 ? 3 : 1;
    this.train = train;
    this.#tails = Array.from({ length: count }, () => Promise.resolve());
  }

  whenFree(worker: number, work: () => Promise<void>): Promise<void> {
    const tail = (this.#tails[worker] ?? Promise.resolve()).then(work);
    this.#tails[worker] = tail;
    return tail;
  }

  discard(worker: number): Promise<void> {
    this.discarded.push(worker);
    return Promise.resolve();
  }
}

const run = (source: WorkerSource, onTrial?: (trial: Trial) => void): Promise<TrainResult> =>
  new Executor(source).run({
    order: {
      inputs: 'hash',
      runtime: 'paper',
      variant: { path: 'model.ts', text: '', language: 'typescript' },
      seeds: SEEDS,
      evaluateOn: 'validation',
      bounds: [],
      limits: { dataSeconds: 0, buildSeconds: 0, trialSeconds: 0, memoryMB: 1 },
    },
    signal: new AbortController().signal,
    onProgress: () => undefined,
    onTrial,
  });

const trained: WorkerAnswer = {
  kind: 'answered',
  stopped: null,
  phase: 'fit',
  environment,
  reply: { type: 'trained', id: '1', parameters: 3, dataHash: 'data' },
};

const killed: WorkerAnswer = {
  kind: 'died',
  stopped: null,
  phase: 'fit',
  environment,
  why: null,
  death: { code: null, signal: 'SIGKILL', stderr: [], forged: false },
};

const say = ({ onReply }: Hearing, seed: number): void => {
  const reply: Reply = { type: 'trial', id: '1', trial: trialOf(seed) };
  onReply(reply, new Uint8Array());
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function diligent(_: number, { seeds }: TrialOrder, hearing: Hearing): Promise<WorkerAnswer> {
  for (const seed of seeds) {
    await turn();
    say(hearing, seed);
  }
  return trained;
}

describe('an executor', () => {
  test('trains all seeds of a job in one go where there is one worker', async () => {
    const orders: (readonly number[])[] = [];
    const source = new PaperWorkers(1, (worker, order, hearing) => {
      orders.push(order.seeds);
      return diligent(worker, order, hearing);
    });
    const { trials, parameters, dataHash } = await run(source);
    assert.deepEqual(orders, [SEEDS]);
    assert.deepEqual(trials, SEEDS.map(trialOf));
    assert.deepEqual({ parameters, dataHash }, { parameters: 3, dataHash: 'data' });
  });

  test('counts a result that comes twice once', async () => {
    const told: number[] = [];
    const source = new PaperWorkers(2, async (worker, order, hearing) => {
      for (const seed of order.seeds) say(hearing, seed);
      return diligent(worker, order, hearing);
    });
    const { trials } = await run(source, ({ seed }) => told.push(seed));
    assert.deepEqual(trials, SEEDS.map(trialOf));
    assert.deepEqual(told.toSorted(), SEEDS);
  });

  test('gives the trial of a silent worker to another, and takes its late word once', async () => {
    const silent = Promise.withResolvers<WorkerAnswer>();
    const late: (() => void)[] = [];
    const source = new PaperWorkers(2, (worker, order, hearing) => {
      if (late.length > 0 || worker === 1) return diligent(worker, order, hearing);
      late.push(() => say(hearing, order.seeds[0] ?? NaN));
      return silent.promise;
    });
    const told: number[] = [];
    const { trials } = await run(source, ({ seed }) => told.push(seed));
    for (const word of late) word();
    assert.deepEqual(source.discarded, [0]);
    assert.deepEqual(trials, SEEDS.map(trialOf));
    assert.deepEqual(told.toSorted(), SEEDS);
    silent.resolve(trained);
  });

  test('asks once more where a worker is killed while it reads the data, and no more', async () => {
    const whileReading: WorkerAnswer = { ...killed, phase: 'data' };
    let deaths = 0;
    const dies = (most: number): PaperWorkers =>
      new PaperWorkers(1, (worker, order, hearing) => {
        deaths += 1;
        return deaths <= most ? Promise.resolve(whileReading) : diligent(worker, order, hearing);
      });
    const { trials } = await run(dies(1));
    assert.deepEqual(trials, SEEDS.map(trialOf));
    deaths = 0;
    await assert.rejects(run(dies(2)), { code: 'data-not-read' });
    assert.equal(deaths, 2);
  });

  test('rejects with the first error, and begins nothing after it', async () => {
    let orders = 0;
    const source = new PaperWorkers(2, () => {
      orders += 1;
      return Promise.reject(new Error('no runtime'));
    });
    await assert.rejects(run(source), { message: 'no runtime' });
    assert.ok(orders <= 2);
  });

  test('whatever its workers do, brings each seed once, trained or given up', async () => {
    for (let storm = 1; storm <= 200; storm += 1) {
      const random = seededRandom(storm);
      const deaths = new Map<number, number>();
      const source = new PaperWorkers(2 + (storm % 3), async (worker, order, hearing) => {
        for (let turns = Math.floor(random.next() * 4); turns > 0; turns -= 1) await turn();
        const [seed = NaN] = order.seeds;
        if (random.next() < 0.4) {
          deaths.set(seed, (deaths.get(seed) ?? 0) + 1);
          if (random.next() < 0.3) say(hearing, seed);
          return killed;
        }
        return diligent(worker, order, hearing);
      });
      const { trials } = await run(source);
      const seeds = trials.map(({ seed }) => seed);
      assert.deepEqual(
        seeds,
        SEEDS.filter((seed) => seeds.includes(seed)),
      );
      const gaveUp = trials.filter(({ outcome }) => outcome === 'failed');
      // One that is given up ends the job; what trained beside it may fail with it.
      if (gaveUp.length === 0) assert.deepEqual(trials, SEEDS.map(trialOf));
      else assert.ok(gaveUp.some(({ seed }) => deaths.get(seed) === 3));
    }
  });
});
