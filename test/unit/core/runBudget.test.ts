import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BUDGET_SPENT, CortexError } from '../../../src/util/errors.ts';
import { improveModel } from '../../../src/loop/improveModel.ts';
import type { Trial } from '../../../src/record/trial.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Searcher } from '../../../src/ports/searcher.ts';
import type { Trainer } from '../../../src/ports/trainer.ts';
import { nextStep } from '../../../src/search/runBudget.ts';
import { endText } from '../../../src/study/runEnd.ts';
import type { RunLimits } from '../../../src/study/runSpec.ts';
import { fakePorts, scripted, study } from './fakePorts.ts';
import { titleOf } from '../../../src/record/kinds.ts';

const options = (limits: RunLimits) => ({
  ...limits,
  wish: null,
  baselineCheck: 'skip' as const,
  signal: new AbortController().signal,
});

/** Notes which rounds were asked for a structural move. */
function noting(inner: Searcher): Searcher & { readonly asked: boolean[] } {
  const asked: boolean[] = [];
  const ask: Searcher['ask'] = (state, count) => {
    asked.push(state.structural ?? false);
    return inner.ask(state, count);
  };
  return { ...inner, asked, ask };
}

describe('a run ends', () => {
  test('with its rounds or its minutes, whichever comes first', () => {
    const after = (rounds: number, now: number) =>
      nextStep(
        { rounds: 3, minutes: 2 },
        { better: Array<boolean>(rounds).fill(true), dryBefore: 0, startedAt: 1000, now },
      );
    assert.deepEqual(after(2, 120_999), { kind: 'round', structural: false });
    assert.deepEqual(after(3, 1000), { kind: 'stop', end: { kind: 'rounds-done' } });
    assert.deepEqual(after(2, 121_000), { kind: 'stop', end: { kind: 'time-spent', minutes: 2 } });
    assert.equal(endText({ kind: 'time-spent', minutes: 2 }), 'time spent: 2 minutes');
  });

  test('when time is spent, with what was recorded until then', async () => {
    const report = await improveModel(
      study,
      options({ rounds: Infinity, minutes: 0.2 }),
      fakePorts(scripted(16, 32, 64, 128, 256, 512)),
    );
    assert.equal(report.stopped, 'time spent: 0.2 minutes');
    assert.ok(report.attempts.length > 0 && report.attempts.length < 6);
  });

  test('when the budget of a language model is spent', async () => {
    const spent = new CortexError({
      code: BUDGET_SPENT,
      kind: 'input',
      happened: 'Spent.',
      expected: '',
      remedy: '',
    });
    const report = await improveModel(
      study,
      options({ rounds: 5 }),
      fakePorts({ name: 'poor', ask: () => Promise.reject(spent) }),
    );
    assert.deepEqual(
      { stopped: report.stopped, attemptsCount: report.attempts.length },
      { stopped: 'budget spent: Spent', attemptsCount: 0 },
    );
  });
});

test(
  'time that is spent in the middle of a round stops it: the attempt is kept as cancelled, ' +
    'with the reason',
  async () => {
    const ring = new AbortController();
    const ports = fakePorts(scripted(16, 32, 64));
    const rings: { milliseconds: number }[] = [];
    const clock: Clock = {
      now: () => ports.clock.now(),
      deadline: (milliseconds, reason) => {
        rings.push({ milliseconds });
        ring.signal.addEventListener('abort', () => {
          late.abort(reason);
        });
        return late.signal;
      },
    };
    const late = new AbortController();
    const { trainer } = ports;
    const train: Trainer['train'] = async (request) => {
      if (trainer.trained < 3) return trainer.train(request);
      ring.abort();
      const { trials, ...rest } = await trainer.train(request);
      return {
        ...rest,
        trials: trials.map(({ seed, curves, epochs, seconds }): Trial => ({
          seed,
          curves,
          epochs,
          seconds,
          outcome: 'failed',
          failure: { kind: 'cancelled', message: 'Cancelled.', line: null, stderr: [] },
        })),
      };
    };
    const report = await improveModel(study, options({ rounds: 5, minutes: 10 }), {
      ...ports,
      clock,
      trainer: {
        ...trainer,
        profileData: trainer.profileData,
        references: trainer.references,
        build: trainer.build,
        runtime: trainer.runtime,
        dispose: trainer.dispose,
        train,
      },
    });
    assert.ok((rings[0]?.milliseconds ?? 0) > 0 && (rings[0]?.milliseconds ?? 0) < 600_000);
    assert.equal(report.stopped, 'time spent: 10 minutes');
    const last = ports.store.attempts.at(-1);
    assert.deepEqual(
      { kind: last?.verdict.kind, text: last?.verdict.text },
      { kind: 'cancelled', text: 'Stopped: the 10 minutes of the run were over.' },
    );
  },
);

test('time that is spent while the baseline is checked ends the run, too', async () => {
  const late = new AbortController();
  const ports = fakePorts(scripted(16));
  const { trainer } = ports;
  let now = 0;
  const clock: Clock = {
    now: () => now,
    deadline: (milliseconds, reason) => {
      expire = (): void => {
        now += milliseconds;
        late.abort(reason);
      };
      return late.signal;
    },
  };
  let expire = (): void => undefined;
  const train: Trainer['train'] = (request) => {
    if (request.study.config.epochs < study.config.epochs) expire();
    return trainer.train(request);
  };
  const report = await improveModel(
    study,
    { ...options({ rounds: 5, minutes: 10 }), baselineCheck: 'first' },
    {
      ...ports,
      clock,
      trainer: {
        ...trainer,
        profileData: trainer.profileData,
        references: trainer.references,
        build: trainer.build,
        runtime: trainer.runtime,
        dispose: trainer.dispose,
        train,
      },
    },
  );
  assert.deepEqual(
    { stopped: report.stopped, attempts: report.attempts },
    { stopped: 'time spent: 10 minutes', attempts: [] },
  );
  assert.deepEqual(
    ports.store.attempts.map(({ verdict }) => verdict.kind),
    ['baseline', 'cancelled'],
  );
});

describe('a plateau', () => {
  test('goes on where the run before ended: the next move is a structural one', async () => {
    const proposer = noting(scripted(7, 6, 5, 4));
    const ports = fakePorts(proposer);
    await improveModel(study, options({ rounds: 2, plateau: 3 }), ports);
    const report = await improveModel(study, options({ rounds: 5, plateau: 3 }), ports);
    assert.deepEqual(proposer.asked, [false, false, false, true]);
    assert.equal(report.stopped, 'plateau: 4 rounds without better, the last a structural move');
  });

  test('that ended a run leaves the next one a structural move', async () => {
    const proposer = noting(scripted(7, 6, 5, 4));
    const ports = fakePorts(proposer);
    await improveModel(study, options({ rounds: 9, plateau: 2 }), ports);
    assert.deepEqual(proposer.asked, [false, false, true]);
    await improveModel(study, options({ rounds: 9, plateau: 2 }), ports);
    assert.deepEqual(proposer.asked, [false, false, true, true]);
  });

  test('forces a structural move, then ends the run and says so', async () => {
    const proposer = noting(scripted(7, 6, 5, 4, 3));
    const report = await improveModel(
      study,
      options({ rounds: 20, plateau: 2 }),
      fakePorts(proposer),
    );
    assert.deepEqual(proposer.asked, [false, false, true]);
    assert.equal(report.stopped, 'plateau: 3 rounds without better, the last a structural move');
  });

  test('is over once the structural move is better', async () => {
    const proposer = noting(scripted(7, 6, 16, 32, 31, 30, 29, 28));
    const report = await improveModel(
      study,
      options({ rounds: 20, plateau: 2 }),
      fakePorts(proposer),
    );
    assert.deepEqual(proposer.asked, [false, false, true, false, false, false, true]);
    assert.match(report.stopped, /^plateau: 3 rounds/);
  });

  test('with no structural move left ends the run as such', async () => {
    const report = await improveModel(
      study,
      options({ rounds: 20, plateau: 2 }),
      fakePorts(scripted(7, 6)),
    );
    assert.match(report.stopped, /^plateau: .* no structural move is left$/);
  });
});

test(
  'an interrupted run is taken up where it was: the same attempts, the same parents, no ' +
    'baseline trained again',
  async () => {
    const units = [16, 4, 32, 64];
    const whole = fakePorts(scripted(...units));
    await improveModel(study, options({ rounds: 4 }), whole);

    const stop = new AbortController();
    const proposer = scripted(...units);
    const parts = fakePorts(proposer, {
      onEvent: (event) => {
        if (event.kind === 'recorded' && event.attempt.number === 2) stop.abort();
      },
    });
    const first = await improveModel(
      study,
      { ...options({ rounds: 4 }), signal: stop.signal },
      parts,
    );
    assert.deepEqual(
      { stopped: first.stopped, attemptsCount: first.attempts.length },
      { stopped: 'cancelled', attemptsCount: 2 },
    );
    const second = await improveModel(study, options({ rounds: 2 }), parts);
    assert.equal(second.stopped, 'rounds done');

    const line = ({ store }: typeof whole) =>
      store.attempts.map((attempt) => {
        const parent = store.attempts.find(({ id }) => id === attempt.parents[0]);
        return [attempt.number, titleOf(attempt), attempt.verdict.kind, parent?.number];
      });
    assert.deepEqual(line(parts), line(whole));
  },
);
