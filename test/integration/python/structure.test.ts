import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { seededRandom } from '../../../src/util/seededRandom.ts';
import { structureOf } from '../../../src/workers/tfjs/data/structure.ts';
import { testPython } from './pythonStudies.ts';

interface Rows {
  readonly inputs: number[];
  readonly targets: number[];
}

const ROWS = 640;

/** Targets of one input, with a little noise; `far`: every n-th lies far out. */
function rowsOf(target: (x: number) => number, far = Infinity): Rows {
  const random = seededRandom(3);
  const inputs = Array.from({ length: ROWS }, () => Math.fround(random.next() * 10));
  const targets = inputs.map((x, row) =>
    Math.fround(target(x) + 0.1 * (random.next() - 0.5) + (row % far === far - 1 ? 100 : 0)),
  );
  return { inputs, targets };
}

const SERIES: Readonly<Record<string, Rows>> = {
  line: rowsOf((x) => x),
  bend: rowsOf((x) => (x - 5) ** 2),
  wave: rowsOf((x) => Math.sin(2 * x)),
  noise: rowsOf(() => 0),
  outliers: rowsOf((x) => x, 40),
};

const told = (name: string) => {
  const { inputs, targets } = SERIES[name] ?? rowsOf(() => 0);
  return structureOf(
    { rows: ROWS, inputs: Float32Array.from(inputs), targets: Float32Array.from(targets) },
    1,
  );
};

describe('how targets lie', () => {
  test('a wave turns as often as it does, a line and noise never, a bend once', () => {
    assert.equal(told('wave').turns, 6);
    assert.deepEqual(
      ['line', 'noise', 'bend'].map((name) => told(name).turns),
      [0, 0, 1],
    );
  });

  test('what lies far out is counted, whatever its share pulls the mean to', () => {
    assert.equal(told('outliers').outliers, 1 / 40);
    assert.equal(told('line').outliers, 0);
  });

  test('the same is told where Python trains', async () => {
    assert.deepEqual(
      python,
      Object.fromEntries(Object.keys(SERIES).map((name) => [name, told(name)])),
    );
  });
});

let python: unknown;

before(async () => {
  const folder = join(import.meta.dirname, '../../../src/workers/python');
  const script = `import json, sys
import numpy as np
sys.path.insert(0, ${JSON.stringify(folder)})
from cortex_worker.structure import outliers_in, turns_along
series = json.loads(sys.argv[1])
print(json.dumps({name: {"outliers": outliers_in(np.array(rows["targets"])), "turns": int(turns_along(np.array(rows["inputs"]), np.array(rows["targets"])))} for name, rows in series.items()}))`;
  const { stdout } = await promisify(execFile)(testPython(), [
    '-c',
    script,
    JSON.stringify(SERIES),
  ]);
  python = JSON.parse(stdout);
});
