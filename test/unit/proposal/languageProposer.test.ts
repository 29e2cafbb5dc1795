import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { improveModel } from '../../../src/loop/improveModel.ts';
import { CortexError } from '../../../src/util/errors.ts';
import type { LanguageModel, ModelQuestion } from '../../../src/ports/languageModel.ts';
import { HybridSearcher } from '../../../src/search/hybridSearcher.ts';
import { LanguageProposer } from '../../../src/propose/languageProposer.ts';
import { trackRecord } from '../../../src/study/trackRecord.ts';
import { fakePorts, scripted, study } from '../core/fakePorts.ts';
import { syntax } from './support.ts';
import { repairsOf } from '../../../src/record/kinds.ts';
import { changeOf } from '../../records.ts';

const options = (rounds: number) => ({
  rounds,
  wish: null,
  signal: new AbortController().signal,
  baselineCheck: 'skip' as const,
});

/** Says these answers in turn. */
class SpokenModel implements LanguageModel {
  readonly name = 'openai:spoken';
  readonly asked: ModelQuestion[] = [];
  readonly #answers: readonly string[];
  constructor(...answers: readonly string[]) {
    this.#answers = answers;
  }
  ask(question: ModelQuestion): ReturnType<LanguageModel['ask']> {
    this.asked.push(question);
    const text = this.#answers[this.asked.length - 1];
    if (text === undefined)
      return Promise.reject(
        new CortexError({
          code: 'llm-unreachable',
          kind: 'environment',
          happened: 'The line is dead.',
          expected: 'life.',
          remedy: 'None.',
        }),
      );
    return Promise.resolve({ text, cost: { inputTokens: 100, outputTokens: 10, usd: 0.001 } });
  }
}

const units = (value: number, title = `Widen to ${value} units`): string =>
  JSON.stringify({
    title,
    reasoning: 'It is too narrow.',
    edits: [{ op: 'setArgument', layer: 0, name: 'units', value }],
  });
const proposing = (model: LanguageModel): LanguageProposer =>
  new LanguageProposer(model, {
    syntax,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    onText: () => undefined,
  });

describe('repair', () => {
  test(
    'an answer that cannot be read, one that does not build, then a good one: one attempt, two ' +
      'steps, all costs',
    async () => {
      const model = new SpokenModel('I think so.', units(13), units(16));
      const ports = fakePorts(proposing(model));
      const { attempts } = await improveModel(study, options(1), ports);
      assert.deepEqual(
        attempts.map(({ verdict, title }) => `${verdict} ${title}`),
        ['better Widen to 16 units'],
      );
      const record = changeOf(ports.store.attempts.at(-1));
      assert.deepEqual(
        record.repairs.map(({ failure, answer }) => `${failure.kind} → ${answer}`),
        ['refused → Widen to 13 units', 'shape → Widen to 16 units'],
      );
      assert.deepEqual(record.cost, { inputTokens: 300, outputTokens: 30, usd: 0.003 });
      assert.equal(record.exchanges?.length, 3);
      assert.match(
        model.asked[2]?.prompt ?? '',
        /It failed \(shape\):\n<failure>\nfailed by shape\nL4\| /,
      );
      assert.match(
        model.asked[2]?.prompt ?? '',
        /The answer holds no JSON object\. → Widen to 13 units/,
      );
    },
  );

  test('training that fails: the attempt stays, its repair is another', async () => {
    const ports = fakePorts(proposing(new SpokenModel(units(666), units(16))));
    const { attempts } = await improveModel(study, options(1), ports);
    assert.deepEqual(
      attempts.map(({ verdict }) => verdict),
      ['crashed', 'better'],
    );
    assert.deepEqual(
      attempts.map(({ parents }) => parents),
      [[ports.store.attempts[0]?.id], [ports.store.attempts[0]?.id]],
    );
    assert.deepEqual(
      ports.store.attempts.map((attempt) => repairsOf(attempt).length),
      [0, 0, 1],
    );
  });

  test(
    'training that fails and cannot be mended: the failed attempt says so, with its cost and ' +
      'the words',
    async () => {
      const ports = fakePorts(
        proposing(new SpokenModel(units(666), '{"cannotMend": "Numbers overflow here."}')),
      );
      const { attempts } = await improveModel(study, options(1), ports);
      const record = changeOf(ports.store.attempts[1]);
      assert.deepEqual(
        attempts.map(({ verdict }) => verdict),
        ['crashed'],
      );
      assert.deepEqual(
        record.repairs.map(({ failure, answer }) => `${failure.kind} → ${answer}`),
        ['not-a-number → Cannot be mended here: Numbers overflow here.'],
      );
      assert.deepEqual(
        { cost: record.cost, exchangesCount: record.exchanges?.length },
        { cost: { inputTokens: 200, outputTokens: 20, usd: 0.002 }, exchangesCount: 2 },
      );
    },
  );

  test(
    'training that fails and a user who stops while the model is asked: the failed attempt is ' +
      'recorded',
    async () => {
      const stopped = new CortexError({
        code: 'cancelled',
        kind: 'cancelled',
        happened: 'Stopped.',
        expected: '',
        remedy: '',
      });
      const proposer = { ...scripted(666), repair: () => Promise.reject(stopped) };
      const ports = fakePorts(proposer);
      const report = await improveModel(study, options(2), ports);
      assert.deepEqual(
        {
          stopped: report.stopped,
          attempts: ports.store.attempts.map(({ verdict }) => verdict.kind),
          draftsCount: ports.store.drafts.size,
        },
        { stopped: 'cancelled', attempts: ['baseline', 'crashed'], draftsCount: 0 },
      );
    },
  );

  test('ends after so many steps, and the search goes on from the best parent', async () => {
    const ports = fakePorts(
      proposing(new SpokenModel(units(13), units(13), units(13), units(16))),
      { repairAttempts: 2 },
    );
    const { attempts } = await improveModel(study, options(2), ports);
    assert.deepEqual(
      attempts.map(({ verdict }) => verdict),
      ['invalid', 'better'],
    );
    assert.equal(changeOf(ports.store.attempts[1]).repairs.length, 2);
    assert.equal(attempts[1]?.parents[0], ports.store.attempts[0]?.id);
  });

  test('“cannot be mended here” ends it early and says why', async () => {
    const ports = fakePorts(
      proposing(new SpokenModel(units(13), '{"cannotMend": "A package is missing."}')),
    );
    const { attempts } = await improveModel(study, options(1), ports);
    assert.equal(attempts[0]?.verdict, 'invalid');
    assert.deepEqual(
      changeOf(ports.store.attempts[1]).repairs.map(({ answer }) => answer),
      ['Cannot be mended here: A package is missing.'],
    );
  });

  test('a model that is gone in the middle of a repair: what failed is recorded with the reason', async () => {
    const ports = fakePorts(proposing(new SpokenModel(units(13))));
    const { attempts } = await improveModel(study, options(1), ports);
    assert.equal(attempts[0]?.verdict, 'invalid');
    assert.match(
      changeOf(ports.store.attempts[1]).repairs[0]?.answer ?? '',
      /Nobody could be asked to mend it: The line is dead/,
    );
  });

  test('a proposer that cannot repair is not asked', async () => {
    const { attempts } = await improveModel(study, options(1), fakePorts(scripted(13)));
    assert.equal(attempts[0]?.verdict, 'invalid');
  });
});

test('a text that claims what its change does not do is counted against it in the history', async () => {
  const lie = JSON.stringify({
    title: 'Add early stopping',
    reasoning: 'It overfits.',
    edits: [{ op: 'setArgument', layer: 0, name: 'units', value: 16 }],
  });
  const ports = fakePorts(proposing(new SpokenModel(lie, units(32))));
  const { attempts } = await improveModel(study, options(2), ports);
  assert.ok((attempts[0]?.mismatches ?? 0) > 0);
  assert.equal(
    attempts[1]?.mismatches,
    0,
    changeOf(ports.store.attempts[2]).proposal.warnings?.join(),
  );
  assert.equal(trackRecord(attempts).get('free-edit')?.mismatched, 1);
});

describe('a repeat', () => {
  test('of an earlier attempt is refused by its number', async () => {
    const ports = fakePorts(proposing(new SpokenModel(units(4), units(4, 'The same again'))), {
      repairAttempts: 0,
    });
    const { attempts } = await improveModel(study, options(2), ports);
    assert.deepEqual(
      attempts.map(({ verdict }) => verdict),
      ['worse', 'invalid'],
    );
    assert.match(
      ports.store.attempts[2]?.verdict.text ?? '',
      /tried as attempt #1 \(Widen to 4 units: worse\)/,
    );
  });
});

describe('hybrid', () => {
  test('the model gets its share of the rounds, the first one first', async () => {
    const model = new SpokenModel(...[16, 17, 18, 19].map((value) => units(value)));
    const hybrid = new HybridSearcher(
      scripted(...Array.from({ length: 60 }, (_, index) => 20 + index)),
      proposing(model),
      0.3,
    );
    const { attempts } = await improveModel(study, options(10), fakePorts(hybrid));
    // Three of ten, spread out; how the proposals did moves them by a round.
    assert.match(
      attempts.map(({ proposer }) => (proposer === 'openai:spoken' ? 'm' : '.')).join(''),
      /^m\.{2,3}m\.{2,3}m\.{2,3}$/,
    );
  });

  test(
    'a model that cannot be asked leaves the round to the operators, with a warning in the ' +
      'record',
    async () => {
      const ports = fakePorts(new HybridSearcher(scripted(16), proposing(new SpokenModel())));
      const { attempts } = await improveModel(study, options(1), ports);
      assert.equal(attempts[0]?.proposer, 'scripted');
      assert.match(
        changeOf(ports.store.attempts[1]).proposal.warnings?.join() ?? '',
        /could not be asked.*The line is dead/,
      );
    },
  );

  test('cancelling is not taken for a missing model', async () => {
    const cancelled = {
      name: 'openai:x',
      ask: () =>
        Promise.reject(
          new CortexError({
            code: 'cancelled',
            kind: 'cancelled',
            happened: 'Stopped.',
            expected: '',
            remedy: '',
          }),
        ),
    };
    const report = await improveModel(
      study,
      options(1),
      fakePorts(new HybridSearcher(scripted(16), proposing(cancelled))),
    );
    assert.deepEqual(
      { stopped: report.stopped, attemptsCount: report.attempts.length },
      { stopped: 'cancelled', attemptsCount: 0 },
    );
  });
});

test(
  'an answer that does not cite the finding it was asked to answer says so; the question named ' +
    'it',
  async () => {
    const model = new SpokenModel(
      units(16),
      JSON.stringify({
        ...(JSON.parse(units(24)) as object),
        evidence: [{ text: 'val_loss rises', finding: 'overfitting', lines: [3] }],
      }),
    );
    const ports = fakePorts(proposing(model));
    const { attempts } = await improveModel(study, { ...options(2), focus: 'overfitting' }, ports);
    assert.match(model.asked[0]?.prompt ?? '', /one finding: overfitting/);
    const [first, second] = await Promise.all(
      attempts.map(({ id }) => ports.store.read(study, id)),
    );
    assert.ok(
      changeOf(first).proposal.warnings?.includes(
        'The answer does not cite overfitting, which it was asked to answer.',
      ),
    );
    assert.ok(!changeOf(second).proposal.warnings?.some((warning) => warning.includes('cite')));
  },
);
