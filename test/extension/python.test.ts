import { strict as assert } from 'node:assert';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { commands, extensions, LanguageModelTextPart, lm } from 'vscode';
import { pythonFolder, pythonIn } from '../python/environment.ts';
import { git, modelUri } from './example.ts';

const MODEL = `from torch import nn


def build_model(input_shape, num_classes):
    return nn.Sequential(nn.Linear(input_shape[0], num_classes))
`;

const DATA = `import numpy as np


def load_data():
    targets = np.arange(60) % 3
    return np.eye(3, 4)[targets] + np.random.rand(60, 4), targets
`;

describe('a Python model file', () => {
  const folder = join(dirname(modelUri().fsPath), 'chosen');

  before(async () => {
    await mkdir(folder, { recursive: true });
    const study = JSON.stringify({ model: 'model.py', epochs: 1, seeds: 2 });
    const files = { 'model.py': MODEL, 'data.py': DATA, 'cortex.json': study };
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  });
  after(async () => {
    await git('branch', '--delete', '--force', 'cortex/chosen');
    await rm(folder, { recursive: true, force: true });
  });

  it('trains with the interpreter that is chosen in the Python extension', async function () {
    this.timeout(600_000);
    await extensions.getExtension('ms-python.python')?.activate();
    await commands.executeCommand('fakePython.choose', pythonIn(pythonFolder()));
    const { content } = await lm.invokeTool('cortex_train', {
      input: { model: 'chosen/model.py' },
      toolInvocationToken: undefined,
    });
    const [part] = content;
    assert.ok(part instanceof LanguageModelTextPart);
    const { commit } = JSON.parse(part.value) as { readonly commit: string };
    const record = JSON.parse(await git('show', `${commit}:.cortex/attempt.json`)) as {
      readonly environment: { readonly versions: Readonly<Record<string, string>> };
    };
    const { interpreter = '' } = record.environment.versions;
    assert.ok(pythonIn(pythonFolder()).endsWith(interpreter.replace(/^~/, '')), interpreter);
  });
});
