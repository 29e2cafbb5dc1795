import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { CortexError } from '../../../src/util/errors.ts';
import { makeFolder, studyOn } from '../trainer/harness.ts';
import { attachIn, pythonTrainer, trainText } from './pythonStudies.ts';

const trainer = pythonTrainer();
after(() => trainer.dispose());

/** A script as people write them: module, loader, loop and schedule in one file. */
const TRAIN = `import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(3)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(4, 8)
        self.out = nn.Linear(8, 3)

    def forward(self, x):
        return self.out(torch.relu(self.hidden(x)))


def main():
    y = np.arange(120) % 3
    x = np.eye(4, dtype="float32")[y] + np.random.rand(120, 4).astype("float32") - 0.5
    rows = TensorDataset(torch.from_numpy(x.astype("float32")), torch.from_numpy(y))
    net = Net()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.5)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 1)
    criterion = nn.CrossEntropyLoss()
    for epoch in range(4):
        for inputs, targets in DataLoader(rows, batch_size=16, shuffle=True, num_workers=2):
            optimizer.zero_grad()
            loss = criterion(net(inputs), targets)
            loss.backward()
            optimizer.step()
        scheduler.step()


if __name__ == "__main__":
    main()
`;

test('a loop of the script’s own tells its rows, loss, optimiser, schedule and epochs', async () => {
  const { folder, remove } = await makeFolder({ 'train.py': TRAIN });
  const attached = await attachIn(folder, { file: 'train.py' });
  assert.deepEqual(attached.rows, { whole: 120 });
  assert.deepEqual(attached.inputShape, [4]);
  assert.equal(attached.task, 'classification');
  assert.equal(attached.outputUnits, 3);
  assert.equal(attached.epochs, 4);
  assert.equal(attached.batchSize, 16);
  assert.equal(attached.loss, 'CrossEntropyLoss');
  assert.equal(attached.optimizer, 'SGD 0.5');
  assert.deepEqual(attached.kept, ['StepLR (at every epoch)']);
  const study = studyOn(folder, JSON.parse(await readFile(attached.studyFile, 'utf8')), 'train.py');
  const wider = TRAIN.replaceAll('8', '9');
  const { trials, parameters } = await trainText(trainer, study, { text: wider, seeds: [1, 2] });
  assert.deepEqual(
    trials.map(({ outcome }) => outcome),
    ['completed', 'completed'],
    JSON.stringify(trials),
  );
  assert.equal(parameters, 9 * 5 + 10 * 3, 'the variant is trained, not the file');
  const [first, second] = trials;
  assert.notDeepEqual(first?.curves, second?.curves, 'seeds differ, whatever the script sets');
  const again = await trainText(trainer, study, { text: wider, seeds: [1] });
  assert.deepEqual(again.trials[0]?.curves, first?.curves, 'the same seed, the same curve');
  const steps = first?.curves['loss'] ?? [];
  const early = Math.abs(Number(steps[1]) - Number(steps[0]));
  assert.ok(Math.abs(Number(steps[3]) - Number(steps[2])) < early / 2, 'the schedule is kept');
  await remove();
});

test('a loss that is given targets before outputs is read as it is meant', async () => {
  const turned = TRAIN.replace('nn.CrossEntropyLoss()', 'nn.MSELoss()').replace(
    'criterion(net(inputs), targets)',
    'criterion(torch.nn.functional.one_hot(targets, 3).float(), net(inputs))',
  );
  const { folder, remove } = await makeFolder({ 'train.py': turned });
  const attached = await attachIn(folder, { file: 'train.py' });
  await remove();
  assert.deepEqual(attached.rows, { whole: 120 }, 'its rows come again');
  assert.deepEqual([attached.task, attached.outputUnits], ['regression', 3]);
  assert.deepEqual(attached.notes, []);
});

test('of several modules that are trained side by side the first counts, with all its rows', async () => {
  const pair = TRAIN.replace('    net = Net()', '    other = Net()\n    net = Net()')
    .replace(
      '            optimizer.zero_grad()',
      '            optimizer.zero_grad()\n            second.zero_grad()\n' +
        '            criterion(other(inputs), targets).backward()\n            second.step()',
    )
    .replace(
      '    scheduler =',
      '    second = torch.optim.Adam(other.parameters(), lr=0.01)\n    scheduler =',
    );
  const { folder, remove } = await makeFolder({ 'train.py': pair });
  const attached = await attachIn(folder, { file: 'train.py' });
  await remove();
  assert.deepEqual(attached.rows, { whole: 120 });
  assert.equal(attached.optimizer, 'Adam 0.01');
  assert.match(attached.notes.join(), /several modules; the first that takes a step counts/);
});

const LOOP = (step: string): string => `import torch
from torch import nn

x, y = torch.randn(40, 4), torch.randn(40, 2)
net = nn.Sequential(nn.Linear(4, 3), nn.Linear(3, 2))
extra = nn.Linear(2, 2)
optimizer = torch.optim.Adam([*net.parameters(), *extra.parameters()])
for epoch in range(2):
    optimizer.zero_grad()
    ${step}
    loss.backward()
    optimizer.step()
`;

const refused = [
  {
    what: 'a loss written by hand',
    text: LOOP('loss = ((net(x) - y) ** 2).mean()'),
    words: /no loss of torch\.nn.*"train" in cortex\.json/,
  },
  {
    what: 'several modules in turn',
    text: LOOP('loss = nn.functional.mse_loss(extra(net(x)), y)'),
    words: /several modules in turn \(Sequential, Linear\)/,
  },
  {
    what: 'an optimiser of more than the module',
    text: LOOP('loss = nn.functional.mse_loss(net(x), y)'),
    words: /trains more than one module/,
  },
];

for (const { what, text, words } of refused) {
  test(`${what}: the way by the command is named`, async () => {
    const { folder, remove } = await makeFolder({ 'train.py': text });
    const error: unknown = await attachIn(folder, { file: 'train.py' }).catch(
      (thrown: unknown) => thrown,
    );
    await remove();
    assert.ok(error instanceof CortexError, String(error));
    assert.match(error.happened, words);
  });
}

test('scripts that are looked at at the same time are each told their own', async () => {
  const errors = await Promise.all(
    refused.map(async ({ text }) => {
      const { folder, remove } = await makeFolder({ 'train.py': text });
      const error: unknown = await attachIn(folder, { file: 'train.py' }).catch(
        (thrown: unknown) => thrown,
      );
      await remove();
      return error;
    }),
  );
  for (const [at, { words }] of refused.entries()) {
    const error = errors[at];
    assert.ok(error instanceof CortexError, String(error));
    assert.match(error.happened, words);
  }
});
