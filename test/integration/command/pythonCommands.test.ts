import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { copyOf } from '../../../src/execution/command/copiedGround.ts';
import { makeFolder, studyOn, variantOf } from '../trainer/harness.ts';
import { commandTrainer, runText } from './commandStudies.ts';

const trainer = commandTrainer();
after(() => trainer.dispose());

const KERAS = `import keras
import numpy as np

keras.utils.set_random_seed(7)
data = np.random.default_rng(0)
y = data.integers(0, 2, 60)
x = data.random((60, 4)) + y[:, None]
model = keras.Sequential([keras.Input(shape=(4,)), keras.layers.Dense(3), keras.layers.Dense(1)])
model.compile(optimizer="sgd", loss="mse")
model.fit(x, y, epochs=3, validation_split=0.25, verbose=2,
          callbacks=[keras.callbacks.CSVLogger("log.csv")])
`;

test('a Keras script without a seed in its words is seeded as it starts', async () => {
  const { folder, remove } = await makeFolder({ 'train.py': KERAS });
  const study = studyOn(folder, { train: 'python train.py', log: 'log.csv' }, 'train.py');
  const text = KERAS.replace('Dense(3)', 'Dense(5)');
  const { trials } = await runText(trainer, study, { text, seeds: [1, 2] });
  const again = await runText(trainer, study, { text });
  const left = await readdir(folder);
  await remove();
  const [first, second] = trials;
  assert.equal(first?.outcome, 'completed', JSON.stringify(first));
  assert.equal(first.curves['val_loss']?.length, 3);
  assert.notDeepEqual(first.curves, second?.curves, 'whatever the script sets itself');
  assert.deepEqual(again.trials[0]?.curves, first.curves);
  assert.deepEqual(left, ['train.py']);
});

const TORCH = `import os
import sys
import torch

epochs, seed = int(sys.argv[1]), int(os.environ["CORTEX_SEED"])
torch.manual_seed(seed)
net = torch.nn.Linear(3, 1)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
x = torch.linspace(0, 1, 60).reshape(20, 3)
for epoch in range(epochs):
    optimizer.zero_grad()
    loss = ((net(x) - x.sum(1, keepdim=True)) ** 2).mean()
    loss.backward()
    optimizer.step()
    print(f"epoch {epoch + 1}/{epochs} loss {loss.item():.6f}", flush=True)
`;

test('a PyTorch loop with a loss of its own: epochs by its words, seed by its variable', async () => {
  const { folder, remove } = await makeFolder({ 'train.py': TORCH });
  const config = {
    train: 'python train.py {epochs}',
    seeding: 'variable',
    epochs: 5,
    objective: { metric: 'loss', direction: 'minimize' },
  };
  const study = studyOn(folder, config, 'train.py');
  const text = TORCH.replace('lr=0.1', 'lr=0.2');
  const { trials } = await runText(trainer, study, { text, seeds: [3, 4] });
  await remove();
  const [first, second] = trials;
  assert.equal(first?.outcome, 'completed', JSON.stringify(first));
  assert.equal(first.curves['loss']?.length, 5);
  assert.notDeepEqual(first.curves, second?.curves);
});

test('where nothing can be mounted, tracked files are copied and data are linked', async () => {
  const { folder, remove } = await makeFolder({ 'src/model.py': 'old', 'src/util.py': 'clean' });
  const git = (...words: string[]): unknown => execFileSync('git', words, { cwd: folder });
  git('init', '-q');
  git('add', '-A');
  await writeFile(join(folder, 'src', 'util.py'), 'edited');
  await mkdir(join(folder, 'data'));
  await writeFile(join(folder, 'data', 'rows.csv'), '1,2');
  const study = studyOn(
    folder,
    { train: 'cat src/model.py src/util.py data/rows.csv' },
    'src/model.py',
  );
  const ground = await copyOf(study, { variant: variantOf(study, 'new '), root: folder });
  const [program, ...given] = ground.wrap(
    'cat src/model.py src/util.py data/rows.csv; echo x > out',
  );
  const said = execFileSync(program, given, { encoding: 'utf8' });
  const written = await readFile(ground.written('out'), 'utf8');
  const left = await readdir(folder);
  await ground.remove();
  await remove();
  assert.equal(said, 'new edited1,2');
  assert.equal(written, 'x\n');
  assert.deepEqual(left.sort(), ['.git', 'data', 'src']);
});
