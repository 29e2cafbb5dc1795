import { createHash } from 'node:crypto';
import { joinParts, prepare } from './arrayData.ts';
import type { Config, ReadyParts, Seal } from './arrayData.ts';
import { dataNotFoldable } from './errors.ts';
import { requireRows, requireSameRows } from './dataChecks.ts';
import { byOutput } from './facts.ts';
import { foldRows, splitRows } from './split.ts';
import { pick, tableOfRows } from './tableRows.ts';
import type { ArrayData, Table } from './types.ts';

const FEWEST_ROWS = 10;

/**
 * Splits a table by the study's seed (by class for classification). Under the seal the test rows
 * are dropped here.
 */
export function splitTable(table: Table, config: Config, seal: Seal): ArrayData {
  const { inputs, layout, targets } = table;
  requireRows('The data', inputs.rows, FEWEST_ROWS);
  requireSameRows(table, 'the data');
  return withFolds(
    dealRows(table, config.split).map((rows) =>
      prepare(
        {
          layout,
          outputs: targets.outputs,
          testRows: rows.test.length,
          train: pick(table, rows.train),
          validation: pick(table, rows.validation),
          test: seal === 'unsealed' && rows.test.length > 0 ? pick(table, rows.test) : null,
        },
        config,
      ),
    ),
  );
}

/** Parts as the user made them, with or without one for validation and one that is sealed. */
export interface GivenParts {
  readonly train: Table;
  readonly validation: Table | null;
  readonly test: Table | null;
}

/** Uses ready-made parts; under the seal the test part is dropped here. */
export function useParts(
  { train, validation, test }: GivenParts,
  config: Config,
  seal: Seal,
): ArrayData {
  const others = {
    train,
    test: seal === 'unsealed' ? test : null,
    testRows: test?.inputs.rows ?? 0,
  };
  if (!validation) return splitOffValidation(others, config);
  if (config.split.folds > 1) throw dataNotFoldable('a validation part of its own');
  return joinParts({ ...others, validation }, config);
}

/**
 * Ready-made parts without one for validation: the study's share is taken off the training part, or
 * that is dealt into folds.
 */
function splitOffValidation(
  { train, ...others }: Omit<ReadyParts, 'validation'>,
  config: Config,
): ArrayData {
  requireSameRows(train, 'the train part');
  return withFolds(
    dealRows(train, { ...config.split, test: 0 }).map((rows) =>
      joinParts(
        {
          ...others,
          train: tableOfRows(train, rows.train),
          validation: tableOfRows(train, rows.validation),
        },
        config,
      ),
    ),
  );
}

/** One split, or one a fold; by class where there is one a row. */
function dealRows({ inputs, targets }: Table, split: Config['split']): ReturnType<typeof foldRows> {
  const [first] = targets.outputs;
  const labels =
    first?.task === 'classification' && first.width === 1
      ? (byOutput(targets.values, targets.outputs)[0] ?? null)
      : null;
  return split.folds > 1
    ? foldRows(inputs.rows, labels, split)
    : [splitRows(inputs.rows, labels, split)];
}

/** The first with all of them in it; the hash is of them all. */
function withFolds(all: readonly ArrayData[]): ArrayData {
  const [first] = all;
  if (!first) throw new Error('A split without parts.');
  if (all.length === 1) return { ...first, foldable: true };
  const hash = createHash('sha256')
    .update(JSON.stringify(all.map((fold) => fold.hash)))
    .digest('hex');
  return { ...first, hash, foldable: true, folds: all };
}
