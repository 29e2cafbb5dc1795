import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { CortexError } from '../../../src/util/errors.ts';
import type { LanguageModel, ModelQuestion } from '../../../src/ports/languageModel.ts';
import { proposeChanges } from '../../../src/loop/proposeChanges.ts';
import { LanguageProposer } from '../../../src/propose/languageProposer.ts';
import type { Searcher } from '../../../src/ports/searcher.ts';
import type { Proposal } from '../../../src/study/proposal.ts';
import { fakePorts, proposalTo, source, study } from '../core/fakePorts.ts';
import { syntax } from './support.ts';

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

describe('several proposals at once', () => {
  const three = { count: 3, wish: null, signal: new AbortController().signal };

  test('are asked for one after the other, each told of those before; a repeat is mended', async () => {
    const model = new SpokenModel(units(16), units(24), units(24, 'Once more'), units(32));
    const proposals = await proposeChanges(study, three, fakePorts(proposing(model)));
    assert.deepEqual(
      proposals.map(({ title }) => title),
      ['Widen to 16 units', 'Widen to 24 units', 'Widen to 32 units'],
    );
    assert.match(
      model.asked[2]?.prompt ?? '',
      /<earlier>\n- Widen to 16 units\n- Widen to 24 units\n<\/earlier>/,
    );
    assert.match(
      model.asked[3]?.prompt ?? '',
      /The same architecture was just proposed: Widen to 24 units/,
    );
  });

  test('that were answered are kept where the model falls silent', async () => {
    const proposals = await proposeChanges(
      study,
      three,
      fakePorts(proposing(new SpokenModel(units(16)))),
    );
    assert.deepEqual(
      proposals.map(({ title }) => title),
      ['Widen to 16 units'],
    );
  });

  test('where nobody is paid, what fails its check is made up for', async () => {
    const texts = ['not a builder', source(16), 'export const x = 1;', source(24), source(32)];
    const asked: number[] = [];
    const searcher: Searcher = {
      name: 'offline',
      ask: (_, count) => {
        asked.push(count);
        return Promise.resolve(texts.slice(0, count).map((text) => proposalOf(text)));
      },
    };
    const proposals = await proposeChanges(study, three, fakePorts(searcher));
    assert.deepEqual(
      proposals.map(({ text }) => text),
      [source(16), source(24), source(32)],
    );
    assert.deepEqual(asked, [3, 6]);
  });
});

const proposalOf = (text: string): Proposal => ({
  ...proposalTo(8, source(8)),
  title: text,
  proposer: 'offline',
  text,
});
