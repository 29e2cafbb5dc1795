import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import type { CortexError } from '../../../src/util/errors.ts';
import { fingerprint } from '../../../src/model/fingerprint.ts';
import { OPERATORS } from '../../../src/propose/operators/operators.ts';
import type { Operator } from '../../../src/propose/operators/operator.ts';
import type { Searcher } from '../../../src/ports/searcher.ts';
import type { Proposal } from '../../../src/study/proposal.ts';
import { OperatorSearcher } from '../../../src/search/operatorSearcher.ts';
import { BUILDERS, readBuilder, syntax, type ExampleBuilder } from '../operators/builders.ts';
import {
  attempt,
  diagnosisOf,
  requestFor,
  seeded,
  type Asked,
} from '../operators/architectures.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const yieldNow = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });
const proposer = new OperatorSearcher(syntax, { yieldNow, hash });
const ALL = 1000;

const builder = (name: string): ExampleBuilder =>
  BUILDERS.find((other) => other.name === name) ?? assert.fail(name);
const mlp = builder('sequential MLP by add');

/** What a searcher comes up with, asked as {@link requestOf} says. */
const ask = (searcher: Searcher, { count, ...state }: Asked): Promise<readonly Proposal[]> =>
  searcher.ask(state, count);

async function requestOf(
  { text, data }: ExampleBuilder,
  change: Partial<Asked> = {},
): Promise<Asked> {
  return requestFor(await readBuilder(text), {
    data,
    model: { path: '/s/model.ts', language: 'typescript', text },
    ...change,
  });
}

/** What a proposal becomes in the history. */
const tried = (
  { title, operator, text, fingerprint: form }: Proposal,
  change: Parameters<typeof attempt>[0] = {},
): ReturnType<typeof attempt> =>
  attempt({ title, operator, sourceHash: hash(text), fingerprint: form, ...change });

describe('offline proposer', () => {
  test('answers with reasoned, typed changes of the builder', async () => {
    const proposals = await ask(
      proposer,
      await requestOf(mlp, { diagnosis: diagnosisOf({ overfitting: 'problem' }) }),
    );
    assert.equal(proposals.length, 3);
    for (const proposal of proposals) {
      assert.equal(proposal.proposer, 'offline');
      assert.equal(proposal.base, mlp.text);
      assert.notEqual(proposal.text, mlp.text);
      assert.equal(proposal.fingerprint, fingerprint(await readBuilder(proposal.text)));
      assert.match(proposal.reasoning, /\d/);
    }
    assert.ok(proposals.some(({ evidence }) => evidence[0]?.finding === 'overfitting'));
  });

  test('never offers two equivalent changes, nor the model as it is', async () => {
    for (const example of BUILDERS) {
      const request = await requestOf(example, { count: ALL });
      const forms = (await ask(proposer, request)).map((proposal) => proposal.fingerprint);
      assert.ok(forms.length > 15, example.name);
      assert.equal(new Set(forms).size, forms.length, example.name);
      assert.ok(!forms.includes(fingerprint(request.architecture)));
    }
  });

  test('never offers again what any attempt has tried, and ends with an empty answer', async () => {
    const everything = await ask(proposer, await requestOf(mlp, { count: ALL }));
    const [first] = everything;
    assert.ok(first);
    const after = await ask(
      proposer,
      await requestOf(mlp, {
        count: ALL,
        history: [tried(first, { title: 'another title', proposer: 'user', verdict: 'cancelled' })],
      }),
    );
    assert.ok(!after.some(({ fingerprint: form }) => form === first.fingerprint));
    assert.deepEqual(
      await ask(
        proposer,
        await requestOf(mlp, {
          count: ALL,
          history: everything.map((proposal) => tried(proposal)),
        }),
      ),
      [],
    );
  });

  test('a long search from one parent goes through many different changes', async () => {
    let history: readonly ReturnType<typeof attempt>[] = [];
    const operators = new Set<string>();
    for (let round = 0; round < 12; round++) {
      const [proposal] = await ask(
        proposer,
        await requestOf(mlp, { count: 1, history, random: seeded(round) }),
      );
      assert.ok(proposal);
      assert.ok(!history.some(({ fingerprint: form }) => form === proposal.fingerprint));
      operators.add(proposal.operator);
      history = [...history, tried(proposal)];
    }
    assert.ok(operators.size >= 6, [...operators].join());
  });

  test('the same request and seed give the same answer', async () => {
    const titles = async (): Promise<readonly string[]> =>
      (await ask(proposer, await requestOf(mlp, { random: seeded(7) }))).map(({ title }) => title);
    assert.deepEqual(await titles(), await titles());
  });

  test('a wish filters; where nothing of the kind is left it says so', async () => {
    const smaller = await ask(proposer, await requestOf(mlp, { wish: 'make it half the size' }));
    assert.ok(
      smaller.length > 0 &&
        smaller.every(({ operator }) => ['narrow', 'remove-layer'].includes(operator)),
    );
    assert.match(smaller[0]?.reasoning ?? '', /was taken as: prefers a smaller or faster model\.$/);
    const [pooled] = await ask(proposer, await requestOf(mlp, { wish: 'better pooling' }));
    assert.match(pooled?.reasoning ?? '', /Nothing of that kind is left to try/);
    const unwanted = await ask(
      proposer,
      await requestOf(mlp, { count: ALL, wish: 'no batch norm' }),
    );
    assert.ok(
      unwanted.length > 10 && !unwanted.some(({ text }) => text.includes('batchNormalization')),
    );
  });

  test('what exceeds the study’s limit of parameters is not offered', async () => {
    const limited = { ...(await requestOf(mlp)).study };
    const config = { ...limited.config, limits: { ...limited.config.limits, parameters: 650 } };
    const proposals = await ask(
      proposer,
      await requestOf(mlp, { count: ALL, study: { ...limited, config } }),
    );
    assert.ok(proposals.length > 0 && !proposals.some(({ operator }) => operator === 'widen'));
  });

  test('an operator whose edits cannot be written is passed over', async () => {
    const broken: Operator = {
      name: 'broken',
      family: 'test',
      source: '2026',
      answers: {},
      candidates: () => [
        {
          title: 'b',
          edits: [{ kind: 'removeLayer', layer: 99 }],
          reason: '',
          evidence: [],
          expectedEffect: null,
          confidence: 0.9,
          variantKey: 'b',
          priority: { need: 0.95, fit: 1, growth: 1 },
        },
      ],
    };
    const with99 = new OperatorSearcher(syntax, { yieldNow, hash }, [broken, ...OPERATORS]);
    const proposals = await ask(with99, await requestOf(mlp));
    assert.equal(proposals.length, 3);
  });

  test('stops between candidates when it is cancelled', async () => {
    const abort = new AbortController();
    const cancelling = new OperatorSearcher(syntax, {
      hash,
      yieldNow: async () => {
        abort.abort();
        await yieldNow();
      },
    });
    await assert.rejects(
      ask(cancelling, await requestOf(mlp, { signal: abort.signal })),
      (error: CortexError) => error.code === 'cancelled',
    );
  });

  test('lets the host work between candidates', async () => {
    let yields = 0;
    const counting = new OperatorSearcher(syntax, {
      hash,
      yieldNow: () => {
        yields += 1;
        return yieldNow();
      },
    });
    const proposals = await ask(counting, await requestOf(mlp, { count: 5 }));
    assert.ok(yields >= proposals.length);
  });
});

test('a stalled search is offered structural moves only, and is told so', async () => {
  const proposals = await ask(proposer, await requestOf(mlp, { count: ALL, structural: true }));
  const families = new Set(proposals.map(({ family }) => family));
  assert.ok(families.has('width') && families.has('depth'));
  assert.ok(
    [...families].every((family) =>
      ['width', 'depth', 'front', 'residual', 'normalization', 'attention'].includes(family),
    ),
    [...families].join(),
  );
  assert.match(proposals[0]?.reasoning ?? '', /search has stalled/);
});

describe('a finding the user points at', () => {
  const diagnosis = diagnosisOf({ overfitting: 'problem', underfitting: 'warning' });

  test('is answered first and cited with its lines, by whatever answers it', async () => {
    for (const focus of ['overfitting', 'underfitting', 'oscillation'] as const) {
      const request = await requestOf(mlp, {
        count: ALL,
        focus,
        diagnosis: diagnosisOf({
          overfitting: 'problem',
          underfitting: 'warning',
          oscillation: 'info',
        }),
      });
      const proposals = await ask(proposer, request);
      const answers = new Set(
        OPERATORS.filter((operator) => (operator.answers[focus] ?? 0) > 0).map(({ name }) => name),
      );
      const firstOther = proposals.findIndex(({ operator }) => !answers.has(operator));
      assert.ok(
        firstOther > 0 &&
          proposals.slice(firstOther).every(({ operator }) => !answers.has(operator)),
        focus,
      );
      assert.deepEqual(proposals[0]?.evidence[0], {
        text: `${focus} seen at epoch 3 (0.5 → 0.52)`,
        finding: focus,
        lines: [3, 4],
      });
      assert.match(
        proposals[0]?.reasoning ?? '',
        new RegExp(`This answers “${focus}”, as asked\\.`),
      );
      assert.match(
        proposals[firstOther]?.reasoning ?? '',
        new RegExp(`Nothing that answers “${focus}” is left`),
      );
    }
  });

  test('is said to be missing where the log does not show it', async () => {
    const [first] = await ask(proposer, await requestOf(mlp, { focus: 'divergence', diagnosis }));
    assert.match(
      first?.reasoning ?? '',
      /This answers “divergence”, as asked, though train_log\.txt does not show it\./,
    );
  });

  test('still comes after the user’s own words', async () => {
    const proposals = await ask(
      proposer,
      await requestOf(mlp, {
        count: ALL,
        focus: 'overfitting',
        diagnosis,
        wish: 'make it half the size',
      }),
    );
    assert.ok(proposals.every(({ operator }) => ['narrow', 'remove-layer'].includes(operator)));
  });
});
