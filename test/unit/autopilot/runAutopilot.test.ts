import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AutopilotSpec } from '../../../src/loop/autopilot/limits.ts';
import { runAutopilot } from '../../../src/loop/autopilot/runAutopilot.ts';
import { beginCycle, resumed, withAsked } from '../../../src/loop/autopilot/stateChanges.ts';
import { noAutopilot, type Task } from '../../../src/record/autopilotState.ts';
import { CortexError } from '../../../src/util/errors.ts';
import { FakeWorld, studyOf, type Script } from './fakeWork.ts';

const spec = (change: Partial<AutopilotSpec> = {}): AutopilotSpec => ({
  scope: 'until-done',
  tasks: 1,
  signal: new AbortController().signal,
  ...change,
});

/** A file that reaches 0.5, and what is tried for it: each a fifth better, three times. */
function improving(): Script {
  let value = 0.5;
  return (_, what) => {
    if (what === 'train') return Promise.resolve(0.5);
    value = value > 0.3 ? value * 0.8 : value;
    return Promise.resolve(value);
  };
}

const failing: Script = () =>
  Promise.reject(
    new CortexError({
      code: 'broken',
      kind: 'training',
      happened: 'It does not train.',
      expected: 'it to.',
      remedy: 'Mend it.',
    }),
  );

const asked: Task = {
  key: 'asked:ablation',
  kind: 'ablation',
  trigger: 'asked',
  why: 'Asked for.',
  attempt: null,
  focus: null,
  goal: null,
  weight: 1,
  turn: 'forced',
};

describe('an autopilot', () => {
  test('measures the file first, goes on while it gains, rests when it is tired', async () => {
    const study = studyOf('digits', { patience: 2 });
    const world = new FakeWorld([study], improving());
    const run = await runAutopilot([study], spec(), world.ports());
    assert.equal(world.asked[0], 'digits train');
    assert.ok(world.asked.includes('digits search') && world.asked.includes('digits improve'));
    assert.match(run.ended, /Nothing to do for digits/);
    assert.ok(run.cycles.every(({ end }) => end === 'done'));
    const { cycles, promotions, owner } = world.state(study);
    assert.equal(owner, null, 'it let go');
    assert.equal(cycles.length, run.cycles.length);
    assert.deepEqual(
      cycles.flatMap(({ attempts }) => attempts),
      world.historyOf(study).map(({ id }) => id),
    );
    assert.ok(promotions.length >= 2);
    assert.ok(promotions.every(({ share, interval }) => share >= 0.1 && interval[1] < 0));
  });

  test('does one task a study with --once, the measuring where nothing was trained', async () => {
    const studies = [studyOf('a'), studyOf('b')];
    const world = new FakeWorld(studies, improving());
    const run = await runAutopilot(studies, spec({ scope: 'once', tasks: 2 }), world.ports());
    assert.deepEqual(world.asked.toSorted(), ['a train', 'b train']);
    assert.equal(run.ended, 'One task for each study.');
  });

  test('promotes nothing below the minimum gain', async () => {
    const study = studyOf('digits', { patience: 2, minimumGain: 0.3 });
    const world = new FakeWorld([study], improving());
    await runAutopilot([study], spec(), world.ports());
    const { promotions } = world.state(study);
    assert.ok(promotions.every(({ share }) => share >= 0.3));
    assert.ok(promotions.length < 3);
  });

  test('sets a study aside after three failures, until a person resumes it', async () => {
    const study = studyOf('digits');
    const world = new FakeWorld([study], failing);
    const run = await runAutopilot([study], spec(), world.ports());
    assert.deepEqual(
      run.cycles.map(({ end }) => end),
      ['failed', 'failed', 'failed'],
    );
    assert.match(run.ended, /set aside: 3 tasks in a row failed; the last: It does not train/);
    assert.ok(world.events.some(({ kind }) => kind === 'set-aside'));
    const again = await runAutopilot([study], spec({ scope: 'once' }), world.ports());
    assert.equal(again.cycles.length, 0);
    world.put(study, resumed(world.state(study)));
    const after = await runAutopilot([study], spec({ scope: 'once' }), world.ports());
    assert.equal(after.cycles.length, 1);
    assert.equal(world.state(study).setAside, null, 'one failure is no three');
  });

  test('takes up the task of a program that ended in it', async () => {
    const study = studyOf('digits');
    const world = new FakeWorld([study], improving());
    world.put(study, { ...beginCycle(noAutopilot('digits'), asked, '2026-01-01'), owner: 'gone' });
    await runAutopilot([study], spec({ scope: 'once' }), world.ports());
    const [first, second] = world.state(study).cycles;
    assert.equal(first?.end, 'interrupted');
    assert.equal(second?.task.key, asked.key);
    assert.deepEqual(world.state(study).asked, []);
  });

  test('leaves a study to the autopilot that has it, and says so where it has all', async () => {
    const studies = [studyOf('a'), studyOf('b')];
    const world = new FakeWorld(studies, improving());
    world.put(studyOf('a'), { ...noAutopilot('a'), owner: 'another' });
    const run = await runAutopilot(studies, spec({ scope: 'once' }), world.ports());
    assert.deepEqual(
      run.studies.map(({ name }) => name),
      ['b'],
    );
    assert.equal(world.state(studyOf('a')).owner, 'another');
    await assert.rejects(runAutopilot([studyOf('a')], spec(), world.ports()), {
      code: 'autopilot-running',
    });
  });

  test('begins nothing while it is paused, but what is asked for now', async () => {
    const study = studyOf('digits');
    const world = new FakeWorld([study], improving());
    world.put(study, { ...noAutopilot('digits'), mode: 'paused' });
    const run = await runAutopilot([study], spec({ scope: 'once' }), world.ports());
    assert.deepEqual([run.cycles.length, world.asked.length], [0, 0]);
    assert.match(run.ended, /paused/);
    world.put(study, withAsked(world.state(study), asked));
    await runAutopilot([study], spec({ scope: 'once' }), world.ports()).catch(() => undefined);
    assert.equal(world.state(study).cycles[0]?.task.key, asked.key);
  });

  test('waits under load, for a person and while he types, and goes on afterwards', async () => {
    const study = studyOf('digits', { patience: 1 });
    const world = new FakeWorld([study], improving());
    world.load = 9;
    let told: string | null = null;
    world.onWait = () => {
      told ??= world.state(study).waiting;
      world.load = world.awake < 5000 ? 9 : 0;
      world.isBusy = world.awake >= 5000 && world.awake < 15_000;
      if (world.awake >= 15_000 && world.awake < 25_000) world.typedAt = world.awake;
    };
    await runAutopilot([study], spec({ hours: 0.05 }), world.ports());
    const waits = world.events.filter(({ kind }) => kind === 'waiting').map(({ text }) => text);
    assert.match(waits[0] ?? '', /9 programs want each core/);
    assert.match(told ?? '', /9 programs want each core/, 'views know it, too');
    assert.match(waits[1] ?? '', /A person trains digits/);
    assert.equal(waits[2], 'Waiting: you are typing.');
    assert.ok(world.asked.length > 0, 'it went on');
    assert.equal(world.state(study).waiting, null);
  });

  test('ends a task at once for a person who trains the study, and asks for it again', async () => {
    const study = studyOf('digits');
    let tries = 0;
    const world: FakeWorld = new FakeWorld([study], (_, __, signal) => {
      tries += 1;
      if (tries > 1) return Promise.resolve(0.5);
      world.isBusy = true;
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          world.isBusy = false;
          resolve(null);
        });
      });
    });
    await runAutopilot([study], spec({ hours: 0.03 }), world.ports());
    const [first, second] = world.state(study).cycles;
    assert.equal(first?.end, 'stopped');
    assert.match(first.text, /a person trains this study/);
    assert.equal(second?.task.key, first.task.key);
    assert.equal(second.end, 'done');
  });

  test('stops by a person’s word, and the next one goes on', async () => {
    const study = studyOf('digits');
    const world: FakeWorld = new FakeWorld([study], (_, __, signal) => {
      world.put(study, { ...world.state(study), mode: 'stopping' });
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          resolve(null);
        });
      });
    });
    const run = await runAutopilot([study], spec(), world.ports());
    assert.equal(run.cycles[0]?.end, 'stopped');
    const { mode, owner, asked: again } = world.state(study);
    assert.deepEqual([mode, owner, again.length], ['running', null, 1]);
  });

  test('ends within its hours, though each task takes its time', async () => {
    const study = studyOf('digits', { patience: 100 });
    const world = new FakeWorld([study], (_, what) => Promise.resolve(what === 'train' ? 0.5 : 1));
    const run = await runAutopilot([study], spec({ hours: 0.1 }), world.ports());
    assert.equal(run.ended, 'The time is over.');
    assert.ok(run.cycles.length >= 5 && run.cycles.length <= 7, `${run.cycles.length}`);
  });
});
