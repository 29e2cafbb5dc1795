import type { Framework } from '../../model/pythonFramework.ts';
import { CortexError } from '../../util/errors.ts';

const NAMES: Readonly<Record<Framework, string>> = { keras: 'Keras', torch: 'PyTorch' };

const MAKE: Readonly<Record<Framework, string>> = {
  keras: "python3 -m venv .venv && .venv/bin/python -m pip install keras 'jax[cpu]'",
  torch: 'python3 -m venv .venv && .venv/bin/python -m pip install torch numpy',
};

/** No interpreter of the project can train the model file; says which were asked. */
export const pythonLacksFramework = (framework: Framework, tried: readonly string[]): CortexError =>
  new CortexError({
    code: 'python-not-found',
    kind: 'environment',
    happened:
      `No Python with ${NAMES[framework]} was found. ` +
      (tried.length === 0 ? 'There is no Python here.' : `Tried: ${tried.join('; ')}.`),
    expected: `Python 3.9 or newer with ${NAMES[framework]} and NumPy.`,
    remedy:
      `Name one in the setting cortex.python (--python), or make one in the project's folder: ` +
      MAKE[framework],
  });

export const noScript = (modelPath: string): CortexError =>
  new CortexError({
    code: 'attach-no-script',
    kind: 'input',
    happened: `Nothing says what ${modelPath} is trained on: no script near it trains it.`,
    expected: 'a script that imports it and trains it, or data.py with load_data().',
    remedy: 'Put one beside the model file, or name the data under "data" in cortex.json.',
  });

export const attachTimedOut = (script: string, seconds: number): CortexError =>
  new CortexError({
    code: 'attach-time',
    kind: 'input',
    happened: `${script} ran for ${seconds} s and did not come to train.`,
    expected: 'it to come to its fit, or through an epoch of its own loop, within that time.',
    remedy: 'Give it longer by --observe-seconds, or write a data.py with load_data().',
  });

export const attachFailed = (script: string, line: number | null, why: string): CortexError =>
  new CortexError({
    code: 'attach-failed',
    kind: 'input',
    happened: `${script}${line === null ? '' : `, line ${line}`}: ${why}`,
    expected: 'the script to train one model when it is run without arguments.',
    remedy:
      'Mend the script, name its command under "train" in cortex.json, or write a data.py with ' +
      'load_data() beside the model file.',
  });
