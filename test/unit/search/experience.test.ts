import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DataKind, SweptConfiguration } from '../../../src/record/searchRecords.ts';
import { kindText, likeness } from '../../../src/search/experience/dataKind.ts';
import { usesIn, type PastSweep } from '../../../src/search/experience/experience.ts';
import { borrowed, learnedSpace } from '../../../src/search/experience/learnedSpace.ts';
import type { Dimension } from '../../../src/search/space/dimension.ts';
import { UNUSED } from '../../../src/search/space/operatorLevers.ts';
import { Space } from '../../../src/search/space/space.ts';
import { attempt } from '../operators/architectures.ts';

const rows: DataKind = { task: 'classification', inputShape: [4], rows: 500 };
const images: DataKind = { task: 'classification', inputShape: [28, 28, 1], rows: 50_000 };

const operator = (name: string): Dimension => ({
  kind: 'categorical',
  name,
  choices: [UNUSED, 'here', 'there'],
  initial: UNUSED,
  rest: 0.8,
});

const space = new Space([
  { kind: 'real', name: 'learning rate', low: 1e-4, high: 1, log: true, initial: 0.01 },
  operator('norm'),
  operator('penalty'),
  {
    ...{ kind: 'real', name: 'penalty by', low: 0, high: 1, log: false, initial: 0.1 },
    when: { name: 'penalty', is: ['here', 'there'] },
  },
]);

const tried = (values: SweptConfiguration['values'], loss: number | null): SweptConfiguration => ({
  values,
  failure: loss === null ? 'memory' : null,
  results: loss === null ? [] : [{ epochs: 20, seed: 1, measures: { val_loss: loss } }],
});

/** Normalisation is in all that is best, a penalty never. */
const sweep: PastSweep = {
  study: 'other',
  data: rows,
  objectives: [{ metric: 'val_loss', direction: 'minimize' }],
  configurations: [
    tried({ 'learning rate': 0.001, norm: UNUSED, penalty: UNUSED }, 1),
    tried({ 'learning rate': 0.004, norm: 'here', penalty: UNUSED }, 0.2),
    tried({ 'learning rate': 0.002, norm: 'here', penalty: UNUSED }, 0.3),
    tried({ 'learning rate': 0.002, norm: 'there', penalty: UNUSED }, 0.4),
    ...Array.from({ length: 9 }, (_, index) =>
      tried({ 'learning rate': 0.001, norm: UNUSED, penalty: 'here' }, index === 0 ? null : 2),
    ),
  ],
};

describe('experience', () => {
  test('counts what was used in the best of a search, ahead of the model as it was', () => {
    const uses = usesIn({ sweeps: [sweep], changes: [] }, { data: rows, findings: [] });
    assert.deepEqual(uses.get('norm'), { tries: 3, paid: 3 });
    assert.deepEqual(uses.get('penalty'), { tries: 9, paid: 0 });
  });

  test('tells less of other data, and of changes that answered other findings', () => {
    assert.equal(likeness(rows, rows), 1);
    assert.ok(likeness(rows, images) < 0.3);
    assert.equal(kindText(images), 'classification of images');
    const changes = [
      attempt({ operator: 'norm', verdict: 'better', findings: ['overfitting'] }),
      attempt({ operator: 'norm', verdict: 'worse', findings: ['plateau'] }),
      attempt({ operator: 'norm', verdict: 'cancelled' }),
    ];
    const uses = usesIn({ sweeps: [], changes }, { data: rows, findings: ['overfitting'] });
    assert.deepEqual(uses.get('norm'), { tries: 1.5, paid: 1 });
  });

  test('draws what pays more often, and leaves out what never did with all that belongs to it', () => {
    const uses = usesIn({ sweeps: [sweep], changes: [] }, { data: rows, findings: [] });
    const { space: learned, leftOut } = learnedSpace(space, uses);
    assert.deepEqual(leftOut, ['penalty']);
    assert.deepEqual(
      learned.dimensions.map(({ name }) => name),
      ['learning rate', 'norm'],
    );
    const norm = learned.dimension('norm');
    assert.ok(norm?.kind === 'categorical' && (norm.rest ?? 1) < 0.8);
  });

  test('of other data never leaves out on a few uses', () => {
    const uses = usesIn({ sweeps: [sweep], changes: [] }, { data: images, findings: [] });
    assert.deepEqual(learnedSpace(space, uses).leftOut, []);
  });

  test('lends the best of another search, numbers moved as far as they were moved there', () => {
    assert.deepEqual(borrowed(sweep, space), {
      'learning rate': 0.04,
      norm: 'here',
      penalty: UNUSED,
    });
    const failed = { ...sweep, configurations: [tried({}, null)] };
    assert.equal(borrowed(failed, space), null);
  });
});
