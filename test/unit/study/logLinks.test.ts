import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  modelOfLog,
  rankLogs,
  type LogCandidate,
  type ModelCandidate,
} from '../../../src/study/logLinks.ts';

const log = (path: string, change: Partial<LogCandidate> = {}): LogCandidate => ({
  path,
  names: 'nobody',
  steps: 0,
  showsEpochs: true,
  hasCertainName: false,
  modifiedAt: 0,
  ...change,
});
const model = (path: string, change: Partial<ModelCandidate> = {}): ModelCandidate => ({
  path,
  isConfigured: false,
  isNamed: false,
  steps: 0,
  hasMainName: false,
  ...change,
});
const ranked = (...logs: readonly LogCandidate[]): readonly string[] =>
  rankLogs(logs).map(({ path }) => path);

describe('the logs of a model', () => {
  test('the one that names it, then the nearest, then the newest', () => {
    assert.deepEqual(
      ranked(
        log('old'),
        log('far', { steps: 1, modifiedAt: 9 }),
        log('new', { modifiedAt: 5 }),
        log('named', { names: 'this' }),
      ),
      ['named', 'new', 'old', 'far'],
    );
  });
  test('never one that names another model, nor one without epochs unless its name leaves no doubt', () => {
    assert.deepEqual(
      ranked(
        log('b.log', { names: 'other' }),
        log('npm.log', { showsEpochs: false }),
        log('train_log.txt', { showsEpochs: false, hasCertainName: true }),
        log('a.log'),
      ),
      ['a.log', 'train_log.txt'],
    );
  });
});

describe('the model of a log', () => {
  test('by study file, by what the log says, by place', () => {
    const near = model('near.ts');
    assert.equal(
      modelOfLog([
        near,
        model('said.ts', { isNamed: true, steps: 2 }),
        model('set.ts', { isConfigured: true, steps: 3 }),
      ]),
      'set.ts',
    );
    assert.equal(modelOfLog([near, model('said.ts', { isNamed: true, steps: 2 })]), 'said.ts');
    assert.equal(modelOfLog([near, model('far.ts', { steps: 1, hasMainName: true })]), 'near.ts');
  });
  test('of several as near the one with the main name; else nobody is guessed', () => {
    assert.equal(modelOfLog([model('a.ts'), model('model.ts', { hasMainName: true })]), 'model.ts');
    assert.equal(modelOfLog([model('a.ts'), model('b.ts')]), null);
    assert.equal(
      modelOfLog([
        model('a.ts', { isNamed: true }),
        model('b.ts', { isNamed: true }),
        model('c.ts'),
      ]),
      null,
    );
    assert.equal(modelOfLog([]), null);
  });
});
