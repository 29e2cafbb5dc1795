import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LoopEvent } from '../../../src/loop/loopEvent.ts';
import { searchModel } from '../../../src/loop/sweep/searchModel.ts';
import type { Ports } from '../../../src/loop/ports.ts';
import type { LanguageModel } from '../../../src/ports/languageModel.ts';
import type { TrainRequest } from '../../../src/ports/trainer.ts';
import { studyConfigSchema } from '../../../src/record/studyConfig.ts';
import { CortexError } from '../../../src/util/errors.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';
import { curves } from './curveTrainer.ts';
import { fakePorts, scripted, source, study as plainStudy } from './fakePorts.ts';
import { unitsOf } from './tableTrainer.ts';

const study = { ...plainStudy, config: studyConfigSchema.parse({ epochs: 8 }) };
const NAME = 'openai:scripted';
const COST = { inputTokens: 900, outputTokens: 100, usd: 0.01 };

const MODEL = `const RATE = 0.001; // cortex: 1e-4..1 log
${source(8)
  .replace("'relu' }));", "'relu' })); // cortex: units 4..256 log")
  .replace(
    'return model;',
    "model.compile({ optimizer: tf.train.adam(RATE), loss: 'meanSquaredError' });\n  return model;",
  )}`;

const rateIn = ({ variant }: TrainRequest): number =>
  Number(/^const RATE = ([\d.e-]+);/.exec(variant.text)?.[1]);

/** Best with 53 units and a rate of 0.021. */
const bowl = (request: TrainRequest): number =>
  0.1 +
  Math.abs(Math.log2(unitsOf(request) / 53)) / 4 +
  Math.abs(Math.log10(rateIn(request) / 0.021)) / 2;

type Ask = LanguageModel['ask'];

const saying =
  (...points: readonly object[]): Ask =>
  () =>
    Promise.resolve({
      text: JSON.stringify({ points: points.map((values) => ({ values })) }),
      cost: COST,
    });

async function searchWith(ask: Ask, { trials = 24, wait = new AbortController().signal } = {}) {
  const ports = fakePorts(scripted());
  const events: LoopEvent[] = [];
  const questions: Parameters<Ask>[0][] = [];
  const partner: LanguageModel = {
    name: NAME,
    price: { input: 1, output: 2 },
    ask: (question) => {
      questions.push(question);
      return ask(question);
    },
  };
  const readModel = (): ReturnType<Ports['files']['readModel']> =>
    Promise.resolve({ path: study.modelPath, language: 'typescript', text: MODEL });
  const report = await searchModel(
    study,
    { trials, seed: 1, scope: 'marked', signal: new AbortController().signal },
    {
      ...ports,
      files: { ...ports.files, readModel },
      clock: { ...ports.clock, deadline: () => wait },
      partner,
      trainer: { ...ports.trainer, train: curves(bowl) },
      random: seededRandom(1),
      onEvent: (event) => events.push(event),
    },
  );
  const record = ports.store.attempts.find((attempt) => attempt.kind === 'sweep');
  assert.ok(record);
  const notices = events.flatMap((event) => (event.kind === 'notice' ? [event.text] : []));
  const suggested = record.configurations.filter(({ by }) => by === NAME);
  return { ...report, record, notices, questions, suggested };
}

describe('a language model in a search', () => {
  test('that knows is heard, told what was tried, and counted', async () => {
    const best = { units: 53, RATE: 0.021 };
    const { record, questions, suggested, standing, sweep, notices, text } = await searchWith(
      saying(best, { RATE: 0.02 }),
    );
    assert.deepEqual(suggested[0]?.values, best);
    assert.equal(standing.best?.by, NAME);
    assert.ok(suggested.length <= 0.3 * record.configurations.length, `${suggested.length}`);
    assert.match(questions[0]?.prompt ?? '', /- units: 4 to 256, whole, by its logarithm; it is 8/);
    assert.equal(record.exchanges?.length, questions.length);
    assert.equal(record.cost?.inputTokens, 900 * questions.length);
    assert.equal(sweep.spent?.tokens, 1000 * questions.length);
    assert.match(notices.join('\n'), /openai:scripted takes part: .* at most 30 % .*\$0\.0/);
    assert.match(text, /openai:scripted suggested \d+ of them \([\d,]+ tokens, \$0\.0\d\)\.$/);
  });

  test('that means harm is soon not asked any more, and costs one race nothing', async () => {
    let turn = 0;
    const worst: Ask = (question) => saying({ RATE: 1, units: 4 + turn++ })(question);
    const { suggested, record, winner } = await searchWith(worst, { trials: 40 });
    assert.ok(suggested.length > 0);
    assert.ok(suggested.length <= 0.1 * record.configurations.length, `${suggested.length}`);
    assert.equal(winner?.verdict, 'better');
  });

  test('that cannot be asked is done without, and why is said once', async () => {
    const down = new CortexError({
      code: 'llm-failed',
      kind: 'environment',
      happened: 'The server is down.',
      expected: 'an answer.',
      remedy: 'Start it.',
    });
    const { record, questions, notices, winner } = await searchWith(() => Promise.reject(down));
    assert.equal(record.configurations.length, 24);
    assert.equal(questions.length, 1);
    const told = notices.filter((text) => text.includes('goes on without'));
    assert.deepEqual(told, ['The search goes on without openai:scripted: The server is down.']);
    assert.equal(record.cost, null);
    assert.equal(winner?.verdict, 'better');
  });

  test('that talks nonsense is asked twice, and what it took is counted', async () => {
    const nonsense: Ask = () => Promise.resolve({ text: 'I cannot help you.', cost: COST });
    const { record, questions, notices, suggested } = await searchWith(nonsense);
    assert.equal(questions.length, 2);
    assert.match(
      questions[1]?.prompt ?? '',
      /<tried>\n- the file as it is: 1\.569 after 8 epochs\n/,
    );
    assert.equal(suggested.length, 0);
    assert.equal(record.cost?.outputTokens, 200);
    assert.match(notices.at(-1) ?? notices.join(), /says nothing of use .* no JSON object/);
  });

  test('that never answers keeps nobody: the search ends, and the question with it', async () => {
    let isGivenUp = false;
    const { record, end } = await searchWith(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            isGivenUp = true;
            reject(new Error('given up'));
          });
        }),
      { wait: AbortSignal.abort() },
    );
    assert.equal(record.configurations.length, 24);
    assert.equal(end.kind, 'trials-done');
    assert.ok(isGivenUp);
  });

  test('is not asked where the starting configurations alone will do', async () => {
    const { questions } = await searchWith(saying({ RATE: 0.02 }), { trials: 1 });
    assert.equal(questions.length, 0);
  });
});
