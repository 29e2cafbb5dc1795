import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { attemptSchema, type Attempt } from '../../../src/record/attempt.ts';
import { documents } from '../../../src/show/documents/contract.ts';
import { git, type Run } from '../cli/cortex.ts';
import { openAiServer } from './openAiServer.ts';
import { changeOf } from '../../records.ts';
import { cortexWith, isRepair, KEY, ROUNDS, TRAP, trappedDigits } from './scriptedStudy.ts';

describe('a study with a scripted model', () => {
  let parent: string;
  let folder: string;
  let run: Run;
  let server: Awaited<ReturnType<typeof openAiServer>>;

  before(async () => {
    parent = await mkdtemp(join(tmpdir(), 'cortex-llm-'));
    folder = await trappedDigits(parent, { epochs: 6, seeds: 3, limits: { trialSeconds: 10 } });
    let round = 0;
    server = await openAiServer((request) => {
      if (request.path.endsWith('/responses'))
        return { kind: 'status', status: 404, message: 'no such route' };
      return {
        kind: 'answer',
        text: isRepair(request)
          ? '{"cannotMend": "I have no better idea."}'
          : (ROUNDS[round++] ?? '{}'),
      };
    });
    run = await cortexWith(
      folder,
      server.baseUrl,
      'improve',
      'model.ts',
      '--proposer',
      'openai',
      '--no-check',
      '--rounds',
      String(ROUNDS.length),
      '--json',
    );
  });
  after(async () => {
    await server.close();
    await rm(parent, { recursive: true, force: true });
  });

  const report = () => documents.improve.parse(JSON.parse(run.stdout));
  /** What the model proposed; Cortex's own checks of the baseline are attempts too. */
  const attempts = () => report().attempts.filter(({ proposer }) => proposer === 'openai:scripted');
  const record = async (index: number): Promise<Attempt> =>
    attemptSchema.parse(
      JSON.parse(
        await git(folder, 'show', `${attempts()[index]?.commit ?? ''}:.cortex/attempt.json`),
      ),
    );

  test('every one is in the history under its right verdict', () => {
    assert.equal(run.code, 0, run.stderr);
    const verdicts = attempts().map(({ verdict }) => verdict);
    const [first, second, third, fourth, , sixth, seventh] = verdicts;
    assert.deepEqual(
      { first, second, third, fourth, sixth, seventh },
      {
        first: 'better',
        second: 'invalid',
        third: 'invalid',
        fourth: 'crashed',
        sixth: 'invalid',
        seventh: 'invalid',
      },
    );
    assert.match(verdicts[4] ?? '', /^(better|worse|inconclusive)$/);
    const texts = attempts().map(({ verdictText }) => verdictText);
    assert.match(texts[1] ?? '', /units: 99.* does not occur/);
    assert.match(texts[5] ?? '', /process|fetch/);
    assert.match(texts[6] ?? '', /tried as attempt #\d+|change nothing|same architecture/);
  });

  test('the best model is better than the baseline', () => {
    const { best, baseline } = report();
    assert.equal(best.verdict, 'better');
    assert.ok((best.metric?.mean ?? Infinity) < (baseline.metric?.mean ?? 0));
  });

  test('the lie is shown beside its attempt', () => {
    const { warnings } = attempts()[4] ?? { warnings: [] };
    assert.match(warnings.join('\n'), /claims early stopping/);
    assert.match(warnings.join('\n'), /claims batch normalisation/);
    assert.match(warnings.join('\n'), /units: 128 → 100, which the text does not mention/);
    assert.match(run.stderr, /claims early stopping/);
  });

  test('each failure went back once, with its line and error, and the step is recorded', async () => {
    assert.deepEqual(
      attempts().map(({ repairs }) => repairs),
      [0, 1, 1, 1, 0, 1, 1],
    );
    const shapes = changeOf(await record(2));
    assert.equal(shapes.repairs[0]?.answer, 'Cannot be mended here: I have no better idea.');
    const repairs = server.received.filter(isRepair);
    assert.match(repairs[0]?.text ?? '', /<failure>\noldText .*does not occur/);
    assert.match(repairs[2]?.text ?? '', /\(time\)|\(died\)/);
  });

  test('proposer, repairs and cost stand in --json; questions and answers in the record', async () => {
    const [first] = attempts();
    assert.deepEqual(
      { proposer: first?.proposer, cost: first?.cost },
      { proposer: 'openai:scripted', cost: { inputTokens: 1000, outputTokens: 200, usd: null } },
    );
    assert.deepEqual(attempts()[1]?.cost, { inputTokens: 2000, outputTokens: 400, usd: null });
    const { exchanges } = changeOf(await record(0));
    assert.equal(exchanges?.[0]?.answer, ROUNDS[0]);
    assert.match(exchanges?.[0]?.prompt ?? '', /Objective: minimize val_loss/);
  });

  test('what stands in the source is quoted as data', () => {
    const [first] = server.received.filter((request) => request.path.endsWith('/chat/completions'));
    const text = first?.text ?? '';
    const [start, end, trap] = [
      text.lastIndexOf('<builder>'),
      text.lastIndexOf('</builder>'),
      text.indexOf(TRAP),
    ];
    assert.ok(start < trap && trap < end && text.indexOf(TRAP, trap + 1) < 0);
  });

  test('the key is nowhere in what Cortex wrote or said', async () => {
    const objects = await git(folder, 'log', '--all', '-p', '--format=%B%n%N');
    const drafts = await git(folder, 'for-each-ref');
    for (const text of [
      run.stdout,
      run.stderr,
      objects,
      drafts,
      server.received.map(({ text: sent }) => sent).join(),
    ])
      assert.doesNotMatch(text, /sk-planted/);
    assert.match(objects, /openai:scripted/);
    assert.ok(server.received.every(({ authorization }) => authorization === `Bearer ${KEY}`));
  });
});
