import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { findPython } from '../../../src/adapters/python/findPython.ts';
import { CortexError } from '../../../src/util/errors.ts';
import { makeFolder, studyOn } from '../trainer/harness.ts';
import { BLOBS_PY, kerasText, pythonTrainer, testPython, trainText } from './pythonStudies.ts';

const { folder, remove } = await makeFolder({ 'model.py': kerasText(), 'data.py': BLOBS_PY });
after(remove);
process.env['VIRTUAL_ENV'] = '';
process.env['CONDA_PREFIX'] = '';
const { PATH: path } = process.env;

/** An environment without a package, in the project. */
const VENV = join(folder, '.venv');
const PYTHON = join(VENV, 'bin', 'python');
execFileSync(testPython(), ['-m', 'venv', '--without-pip', VENV]);

const errorOf = async (work: Promise<unknown>): Promise<CortexError> => {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  assert.ok(error instanceof CortexError, String(error));
  return error;
};

test('no Python: what was tried, and the one command that makes one', async () => {
  const named = join(folder, 'nowhere', 'python');
  const error = await errorOf(findPython({ folder, framework: 'keras', named, chosen: null }));
  assert.equal(error.code, 'python-not-found');
  assert.match(error.happened, /nowhere.*the setting cortex\.python.*does not start/);
  assert.match(error.remedy, /-m pip install keras 'jax\[cpu\]'/);
});

test('one that is too old is told by its version', async () => {
  const named = join(folder, 'old-python');
  const answer = { path: named, version: [3, 8, 10], has: ['keras', 'numpy'] };
  await writeFile(named, `#!/bin/sh\necho '${JSON.stringify(answer)}'\n`);
  await chmod(named, 0o755);
  const error = await errorOf(findPython({ folder, framework: 'keras', named, chosen: null }));
  assert.match(error.happened, /Python 3\.8\.10, older than 3\.9/);
});

test('one without the framework is told by what it lacks', async () => {
  const error = await errorOf(
    findPython({ folder, framework: 'torch', named: PYTHON, chosen: null }),
  );
  assert.match(error.happened, /Python 3\.\d+\.\d+ without torch and numpy/);
});

test('an environment up the tree goes before the system’s', async () => {
  const [version = ''] = await readdir(join(VENV, 'lib'));
  for (const name of ['keras', 'numpy']) {
    const own = join(VENV, 'lib', version, 'site-packages', name);
    await mkdir(own);
    await writeFile(join(own, '__init__.py'), '');
  }
  const below = join(folder, 'deeper', 'still');
  await mkdir(below, { recursive: true });
  assert.equal(
    await findPython({ folder: below, framework: 'keras', named: null, chosen: null }),
    PYTHON,
  );
});

test('one that is chosen in the editor goes before those, and what it lacks is told', async () => {
  const chosen = join(folder, 'chosen', 'python');
  const request = { folder, framework: 'keras', named: null } as const;
  assert.equal(await findPython({ ...request, chosen: testPython() }), testPython());
  assert.equal(await findPython({ ...request, chosen }), PYTHON, 'the next one that has it');
  const none = { ...request, folder: tmpdir(), framework: 'torch', chosen } as const;
  process.env['PATH'] = '';
  const error = await errorOf(findPython(none));
  process.env['PATH'] = path;
  assert.match(error.happened, /chosen.python \(chosen in the Python extension\): does not start/);
});

test('a framework that is there and cannot be imported is told of by its own words', async () => {
  process.env['KERAS_BACKEND'] = 'theano';
  const trainer = pythonTrainer();
  const study = studyOn(folder, {}, 'model.py');
  const { trials } = await trainText(trainer, study, { text: kerasText() });
  await trainer.dispose();
  const failure = trials[0]?.outcome === 'failed' ? trials[0].failure : null;
  assert.match(failure?.message ?? '', /cannot import keras: .*theano/);
});
