import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { CortexError } from '../../../src/util/errors.ts';
import { improveModel } from '../../../src/loop/improveModel.ts';
import type { LanguageModel } from '../../../src/ports/languageModel.ts';
import { HybridSearcher } from '../../../src/search/hybridSearcher.ts';
import { LanguageProposer } from '../../../src/propose/languageProposer.ts';
import { ReplayedModel } from '../../../src/loop/replay/replayedModel.ts';
import { fakePorts, scripted, study } from './fakePorts.ts';
import { syntax } from '../proposal/support.ts';
import { repairsOf, titleOf } from '../../../src/record/kinds.ts';
import { changeOf } from '../../records.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const options = (rounds: number) => ({
  rounds,
  wish: null,
  baselineCheck: 'skip' as const,
  signal: new AbortController().signal,
});
const proposing = (model: LanguageModel): LanguageProposer =>
  new LanguageProposer(model, { syntax, hash, onText: () => undefined });
const units = (value: number): string =>
  JSON.stringify({
    title: `Widen to ${value} units`,
    reasoning: 'Too narrow.',
    edits: [{ op: 'setArgument', layer: 0, name: 'units', value }],
  });

/** An unusable answer and its repair, a crash that cannot be mended, a worse one. */
const ANSWERS = [
  'I think so.',
  units(16),
  units(666),
  '{"cannotMend": "Numbers overflow."}',
  units(4),
];

const speaking = (): LanguageModel => {
  const left = [...ANSWERS];
  return {
    name: 'openai:spoken',
    ask: () =>
      Promise.resolve({
        text: left.shift() ?? assert.fail('asked once too often'),
        cost: { inputTokens: 9, outputTokens: 9, usd: null },
      }),
  };
};

async function recorded() {
  const ports = fakePorts(proposing(speaking()));
  await improveModel(study, options(3), ports);
  return {
    ports,
    exchanges: ports.store.attempts.flatMap((attempt) =>
      attempt.kind === 'change' ? (attempt.exchanges ?? []) : [],
    ),
  };
}

const isMissing = (error: unknown): boolean =>
  error instanceof CortexError &&
  error.code === 'replay-missing-answer' &&
  /No answer of openai:spoken is recorded/.test(error.happened);

describe('recorded answers', () => {
  test('are given again by the hash of the request: the same study without the model, at no cost', async () => {
    const { ports, exchanges } = await recorded();
    assert.equal(exchanges.length, ANSWERS.length);
    const again = fakePorts(
      proposing(new ReplayedModel('openai:spoken', exchanges.toReversed(), hash)),
    );
    await improveModel(study, options(3), again);
    const line = ({ store }: typeof ports) =>
      store.attempts.map((attempt) => ({
        number: attempt.number,
        title: titleOf(attempt),
        verdict: attempt.verdict,
        repairs: repairsOf(attempt).length,
        said: attempt.kind === 'change' ? attempt.exchanges : undefined,
      }));
    assert.deepEqual(
      line(again).map(({ verdict, ...rest }) => ({ ...rest, verdict: verdict.kind })),
      line(ports).map(({ verdict, ...rest }) => ({ ...rest, verdict: verdict.kind })),
    );
    assert.deepEqual(changeOf(again.store.attempts[1]).cost, {
      inputTokens: 0,
      outputTokens: 0,
      usd: 0,
    });
  });

  test('that are missing fail the replay, in a proposal', async () => {
    const { exchanges } = await recorded();
    await assert.rejects(
      improveModel(
        study,
        options(4),
        fakePorts(proposing(new ReplayedModel('openai:spoken', exchanges, hash))),
      ),
      isMissing,
    );
  });

  test('that are missing fail the replay, in a repair', async () => {
    const { exchanges } = await recorded();
    await assert.rejects(
      improveModel(
        study,
        options(1),
        fakePorts(proposing(new ReplayedModel('openai:spoken', exchanges.slice(0, 1), hash))),
      ),
      isMissing,
    );
  });

  test('that are missing are not made up for by the offline engine', async () => {
    const hybrid = new HybridSearcher(
      scripted(16),
      proposing(new ReplayedModel('openai:spoken', [], hash)),
    );
    await assert.rejects(improveModel(study, options(1), fakePorts(hybrid)), isMissing);
  });
});
