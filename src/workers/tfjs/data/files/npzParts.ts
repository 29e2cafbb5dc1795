import { unzipSync } from 'fflate';
import { dataMalformedFile } from '../errors.ts';
import { readInputs } from '../inputs.ts';
import type { GivenParts } from '../splitTable.ts';
import { readTargets } from '../targets.ts';
import type { Table, Task } from '../types.ts';
import { shapeFor } from './grid.ts';
import { readNpy } from './npy.ts';

/** Under which names an archive holds its parts: inputs, then targets. */
const NAMES: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  whole: [
    ['x', 'y'],
    ['X', 'y'],
    ['inputs', 'targets'],
    ['data', 'labels'],
    ['data', 'target'],
  ],
  train: [
    ['x_train', 'y_train'],
    ['X_train', 'y_train'],
    ['train_inputs', 'train_targets'],
  ],
  validation: [
    ['x_val', 'y_val'],
    ['X_val', 'y_val'],
    ['validation_inputs', 'validation_targets'],
  ],
  test: [
    ['x_test', 'y_test'],
    ['X_test', 'y_test'],
    ['test_inputs', 'test_targets'],
  ],
};

/** All rows, or ready-made parts. */
export type NpzParts = { readonly whole: Table } | GivenParts;

interface Asked {
  readonly task?: Task | undefined;
  readonly inputShape?: readonly number[] | undefined;
}

/** The arrays of a `.npz`, rows along the first axis. */
export function npzParts(path: string, bytes: Uint8Array, asked: Asked): NpzParts {
  const arrays = arraysIn(path, bytes);
  const table = (part: string): Table | null => {
    const pair = NAMES[part]?.find((names) => names.every((name) => arrays.has(name)));
    return pair ? tableOf(pair, { path, arrays, asked }) : null;
  };
  const whole = table('whole');
  if (whole) return { whole };
  const train = table('train');
  if (train) return { train, validation: table('validation'), test: table('test') };
  throw dataMalformedFile(path, {
    happened: `it holds ${[...arrays.keys()].join(', ') || 'nothing'}`,
    expected:
      'arrays x and y, or x_train and y_train (x_val, x_test …), as ' +
      'numpy.savez(path, x=inputs, y=targets) writes them.',
  });
}

type Arrays = ReadonlyMap<string, Uint8Array>;

function tableOf(
  [inputs, targets]: readonly [string, string],
  { path, arrays, asked }: { path: string; arrays: Arrays; asked: Asked },
): Table {
  const read = (name: string): ReturnType<typeof readNpy> =>
    readNpy(arrays.get(name) ?? new Uint8Array(), `${path}, array ${name}`);
  const { inputs: dense } = readInputs(read(inputs), inputs);
  const shape = shapeFor(path, dense.shape, asked.inputShape);
  return {
    inputs: { ...dense, shape },
    layout: [{ name: null, shape }],
    targets: readTargets(read(targets), { task: () => asked.task ?? null, classes: null }, targets),
    weights: null,
  };
}

/** Those that a study may mean; others are not unpacked. */
function arraysIn(path: string, bytes: Uint8Array): Arrays {
  const known = new Set(Object.values(NAMES).flat(2));
  const nameOf = (file: string): string => file.replace(/\.npy$/, '');
  try {
    const files = unzipSync(bytes, { filter: ({ name }) => known.has(nameOf(name)) });
    return new Map(Object.entries(files).map(([file, array]) => [nameOf(file), array]));
  } catch (cause) {
    throw dataMalformedFile(path, {
      happened: cause instanceof Error ? cause.message : String(cause),
      expected: 'a file that numpy.savez or numpy.savez_compressed wrote.',
      cause,
    });
  }
}
