import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { after, test } from 'node:test';
import { CortexError } from '../../../src/util/errors.ts';
import { makeFolder, studyOn } from '../trainer/harness.ts';
import { commandTrainer, runText } from './commandStudies.ts';

const trainer = commandTrainer();
after(() => trainer.dispose());

/** A program in another language: falls towards a constant of its own, by a seed. */
const AWK = `BEGIN {
  srand(seed)
  # cortex: begin
  goal = 0.5
  # cortex: end
  for (epoch = 1; epoch <= epochs; epoch++)
    printf "epoch %d loss %.4f val_loss %.4f\\n", epoch, 1 / epoch, goal + 1 / epoch + rand() / 100
  print "weights" > "weights.txt"
}
`;

const awk = (train = 'awk -v seed={seed} -v epochs={epochs} -f model.awk'): object => ({
  train,
  epochs: 6,
});

test('a program in any language: a run is a trial, its log the curves', async () => {
  const { folder, remove } = await makeFolder({ 'model.awk': AWK });
  const study = studyOn(folder, awk(), 'model.awk');
  const heard: number[] = [];
  const variant = AWK.replace('0.5', '0.2');
  const result = await runText(trainer, study, {
    text: variant,
    seeds: [1, 2],
    onProgress: ({ epoch }) => heard.push(epoch),
  });
  const again = await runText(trainer, study, { text: variant });
  const left = await readdir(folder);
  await remove();
  const [first, second] = result.trials;
  assert.equal(first?.outcome, 'completed', JSON.stringify(first));
  assert.equal(first.curves['val_loss']?.length, 6);
  assert.ok(Math.abs(Number(first.measures['val_loss']) - 0.2 - 1 / 6) < 0.02, 'the variant ran');
  assert.notDeepEqual(first.curves, second?.curves, 'the seed is in the words');
  assert.deepEqual(again.trials[0]?.curves, first.curves, 'the same seed, the same curve');
  assert.deepEqual(heard, [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6]);
  assert.deepEqual(left, ['model.awk'], 'what it wrote stayed out of the folder');
  assert.equal(result.environment.runtime, 'command');
});

test('a log in a file is read; that of an earlier run counts for nothing', async () => {
  const text = `BEGIN { for (e = 1; e <= 3; e++) print e "," 1 / e > "log.csv" }\n`;
  const withHead = text.replace('{ for', '{ print "epoch,val_loss" > "log.csv"; for');
  const { folder, remove } = await makeFolder({
    'model.awk': withHead,
    'log.csv': 'epoch,val_loss\n1,9\n2,9\n3,9\n4,9\n',
  });
  const study = studyOn(folder, { train: 'awk -f model.awk', log: 'log.csv' }, 'model.awk');
  const { trials } = await runText(trainer, study, { text: withHead });
  const silent = runText(trainer, study, { text: 'BEGIN { x = 1 }\n' });
  const error: unknown = await silent.catch((thrown: unknown) => thrown);
  await remove();
  const [first] = trials;
  assert.equal(first?.outcome, 'completed', JSON.stringify(first));
  assert.deepEqual(
    first.curves['val_loss']?.map((value) => value?.toFixed(2)),
    ['1.00', '0.50', '0.33'],
  );
  assert.ok(error instanceof CortexError && error.code === 'objective-unknown-metric');
});

const LINE = (values: string): string => `BEGIN { for (e = 1; e <= 5; e++) { ${values} } }\n`;

const failing = [
  {
    what: 'that fails',
    text: 'BEGIN { print "no such data" > "/dev/stderr"; exit 3 }\n',
    kind: 'builder',
    words: /ended with code 3.*no such data/,
  },
  {
    what: 'that diverges',
    text: LINE('print "epoch " e " loss " (e > 2 ? "nan" : 1); fflush(); system("sleep 0.3")'),
    kind: 'not-a-number',
    words: /loss stopped being a finite number/,
  },
  {
    what: 'that does not end',
    text: 'BEGIN { while (1) x++ }\n',
    kind: 'time',
    words: /longer than limits.trialSeconds \(2 s\)/,
  },
];

for (const { what, text, kind, words } of failing) {
  test(`a command ${what}: a failed trial with a clear word`, async () => {
    const { folder, remove } = await makeFolder({ 'model.awk': text });
    const config = {
      train: 'awk -f model.awk',
      limits: { trialSeconds: 2 },
      objective: { metric: 'loss', direction: 'minimize' },
    };
    const { trials } = await runText(trainer, studyOn(folder, config, 'model.awk'), { text });
    await remove();
    const [trial] = trials;
    assert.equal(trial?.outcome, 'failed');
    assert.equal(trial.failure.kind, kind, trial.failure.message);
    assert.match(trial.failure.message, words);
  });
}

test('a run that takes too much memory is stopped', async () => {
  const text = 'BEGIN { for (i = 0; ; i++) a[i] = "a long text that is kept " i }\n';
  const { folder, remove } = await makeFolder({ 'model.awk': text });
  const config = { train: 'awk -f model.awk', limits: { memoryMB: 100 } };
  const { trials } = await runText(trainer, studyOn(folder, config, 'model.awk'), { text });
  await remove();
  const [trial] = trials;
  assert.equal(trial?.outcome === 'failed' && trial.failure.kind, 'memory');
});

test('one that is cancelled ends with all it has started', async () => {
  const text = 'BEGIN { system("sleep 60") }\n';
  const { folder, remove } = await makeFolder({ 'model.awk': text });
  const study = studyOn(folder, { train: 'awk -f model.awk' }, 'model.awk');
  const started = performance.now();
  const signal = AbortSignal.timeout(1_000);
  const { trials } = await runText(trainer, study, { text, signal });
  await remove();
  const [trial] = trials;
  assert.equal(trial?.outcome === 'failed' && trial.failure.kind, 'cancelled');
  assert.ok(performance.now() - started < 20_000);
});

test('what stands in braces and is not known is refused', async () => {
  const { folder, remove } = await makeFolder({ 'model.awk': AWK });
  const study = studyOn(folder, awk('awk -v rate={rate} -f model.awk'), 'model.awk');
  const error: unknown = await runText(trainer, study, { text: AWK }).catch(
    (thrown: unknown) => thrown,
  );
  await remove();
  assert.ok(error instanceof CortexError && error.code === 'command-placeholder');
});
