import { CortexError } from '../../util/errors.ts';

const WITHOUT_SCRIPT = 'data.py with load_data(), or data.ts with loadData()';

export const noScript = (modelPath: string): CortexError =>
  new CortexError({
    code: 'attach-no-script',
    kind: 'input',
    happened: `Nothing says what ${modelPath} is trained on: no script near it trains it.`,
    expected: `a script that imports it and trains it, or ${WITHOUT_SCRIPT}.`,
    remedy: 'Put one beside the model file, or name the data under "data" in cortex.json.',
  });

export const attachTimedOut = (script: string, seconds: number): CortexError =>
  new CortexError({
    code: 'attach-time',
    kind: 'input',
    happened: `${script} ran for ${seconds} s and did not come to train.`,
    expected: 'it to come to its fit, or through an epoch of its own loop, within that time.',
    remedy: `Give it longer by --observe-seconds, or write ${WITHOUT_SCRIPT}.`,
  });

export const attachFailed = (script: string, line: number | null, why: string): CortexError =>
  new CortexError({
    code: 'attach-failed',
    kind: 'input',
    happened: `${script}${line === null ? '' : `, line ${line}`}: ${why}`,
    expected: 'the script to train one model when it is run without arguments.',
    remedy:
      'Mend the script, name its command under "train" in cortex.json, or write ' +
      `${WITHOUT_SCRIPT} beside the model file.`,
  });
