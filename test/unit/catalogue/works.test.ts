import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { citation, WORKS, worksBehind } from '../../../src/propose/catalogue/works.ts';
import { OPERATORS } from '../../../src/propose/operators/operators.ts';
import { listIdeas } from '../../../src/search/listIdeas.ts';
import { rankWorks } from '../../../src/search/rankWorks.ts';
import type { Offer } from '../../../src/search/rankCandidates.ts';
import { readWish } from '../../../src/search/wish.ts';
import {
  attempt,
  compiled,
  contextFor,
  diagnosisOf,
  sequential,
} from '../operators/architectures.ts';
import { dense, output } from '../operators/candidates.ts';

const THIS_YEAR = new Date().getFullYear();

describe('the records of works', () => {
  test('each is whole, of a year there was, and under a name of its own', () => {
    assert.equal(new Set(WORKS.map(({ id }) => id)).size, WORKS.length);
    assert.equal(new Set(WORKS.map(({ title }) => title)).size, WORKS.length);
    for (const { id, title, authors, year, venue, claim, fails } of WORKS) {
      assert.ok(year >= 1890 && year <= THIS_YEAR, id);
      assert.match(id, /^[a-z]+-\d{4}(-[a-z]+)?$/);
      for (const text of [title, authors, venue]) assert.ok(text.length > 2, id);
      for (const text of [claim, fails]) assert.match(text, /^[^.].*\.$/s, id);
    }
  });

  test('an identifier of arXiv has its form, and begins with the year', () => {
    const identified = WORKS.filter(({ identifier }) => identifier !== null);
    assert.equal(new Set(identified.map(({ identifier }) => identifier)).size, identified.length);
    for (const { id, identifier, year } of identified) {
      const [, first = '', month = ''] =
        /^arXiv (\d{2})(\d{2})\.\d{4,5}$/.exec(identifier ?? '') ?? [];
      assert.equal(2000 + Number(first), year, id);
      assert.ok(Number(month) >= 1 && Number(month) <= 12, id);
    }
  });

  test('each supports an idea there is, and each idea stands on a work', () => {
    const names = OPERATORS.map(({ name }) => name);
    for (const { id, ideas } of WORKS) {
      assert.ok(ideas.length > 0, id);
      assert.deepEqual(
        ideas.filter((idea) => !names.includes(idea)),
        [],
        id,
      );
    }
    assert.deepEqual(
      names.filter((name) => worksBehind(name).length === 0),
      [],
    );
  });

  test('no idea cites an identifier that is in no record', () => {
    const known = new Set(WORKS.map(({ identifier }) => identifier));
    const cited = OPERATORS.flatMap(({ source }) => source.match(/arXiv \d{4}\.\d{4,5}/g) ?? []);
    assert.ok(cited.length > 25);
    assert.deepEqual(
      cited.filter((identifier) => !known.has(identifier)),
      [],
    );
  });

  test('a citation says who, what, where and when', () => {
    const work = WORKS.find(({ id }) => id === 'he-2015');
    assert.equal(
      work && citation(work),
      'He, Zhang, Ren & Sun, Deep Residual Learning for Image Recognition, CVPR 2016 ' +
        '(arXiv 1512.03385)',
    );
  });
});

describe('ideas and works for a model', () => {
  const overfitting = contextFor(
    sequential([dense(64), dense(64), output], compiled('adam', 'meanSquaredError')),
    { diagnosis: diagnosisOf({ overfitting: 'problem' }, { overfitting: 'likely' }) },
  );

  test('what the diagnosis calls for goes first, with what it would do', () => {
    const [first, ...others] = listIdeas(overfitting, []);
    assert.ok(first?.helps.includes('overfitting'), first?.name);
    assert.ok(others.every(({ here }) => (here[0]?.need ?? -1) <= (first?.here[0]?.need ?? 0)));
    const [work] = rankWorks(listIdeas(overfitting, []));
    assert.ok(work?.proposal && work.need > 0.3, work?.work.id);
  });

  test('an idea carries its record in the study', () => {
    const tried = attempt({ operator: 'add-dropout', family: 'dropout', verdict: 'better' });
    const idea = listIdeas(overfitting, [tried]).find(({ name }) => name === 'add-dropout');
    assert.deepEqual([idea?.record?.tries, idea?.record?.better], [1, 1]);
  });

  test('without a model all are listed, and nothing is called for', () => {
    const all = listIdeas(null, []);
    assert.equal(all.length, OPERATORS.length);
    assert.ok(all.every(({ here }) => here.length === 0));
  });

  test('an idea can be asked for by its name', () => {
    assert.deepEqual(readWish('idea gated-units').understood, ['prefers the idea gated-units']);
    const offer = (name: string) =>
      ({ operator: OPERATORS.find((one) => one.name === name) }) as unknown as Offer;
    assert.equal(readWish('idea gated-units').wants(offer('gated-units')), true);
    assert.equal(readWish('idea gated-units').wants(offer('widen')), false);
  });
});
