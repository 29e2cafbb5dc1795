import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { attemptSchema, type Attempt } from '../../../src/record/attempt.ts';
import { parseCommitMessage } from '../../../src/record/parseCommitMessage.ts';
import { summarize } from '../../../src/record/summary.ts';
import { comparableConfig } from '../../../src/record/comparableConfig.ts';
import { sha256 } from '../../../src/util/sha256.ts';

/**
 * A baseline and an attempt of a real study, records and commit messages, as the first version with
 * studies wrote them.
 */
const read = (name: string): string =>
  readFileSync(new URL(`../../fixtures/records/${name}`, import.meta.url), 'utf8');

for (const name of ['first-0', 'first-1']) {
  test(`a record of the first version is read with all it holds: ${name}`, () => {
    const written = JSON.parse(read(`${name}.json`)) as Attempt;
    const record = attemptSchema.parse(written);
    const { config, ...rest } = record;
    const { config: writtenConfig, ...writtenRest } = written;
    assert.deepEqual(rest, writtenRest);
    assert.partialDeepStrictEqual(config, writtenConfig);
  });

  test(
    'its commit message tells the same, and its configuration is still the one it was trained ' +
      `with: ${name}`,
    () => {
      const record = attemptSchema.parse(JSON.parse(read(`${name}.json`)));
      const { summary } = parseCommitMessage(read(`${name}.txt`)) ?? assert.fail('not understood');
      assert.equal(
        summary.configHash,
        sha256(comparableConfig(record.config)),
        'else its baseline would be trained again',
      );
      const { findings, spent, confidence, ...told } = summary;
      const {
        findings: _,
        spent: __,
        confidence: ___,
        ...expected
      } = summarize(record, { source: summary.sourceHash, config: summary.configHash });
      assert.deepEqual(told, expected);
      assert.deepEqual(
        { findings, spent, confidence },
        { findings: [], spent: undefined, confidence: null },
        'not kept then',
      );
    },
  );
}
