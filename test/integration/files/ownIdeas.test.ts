import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { openStudy } from '../../../src/adapters/files/openStudy.ts';
import { readOwnIdeas } from '../../../src/adapters/files/ownIdeas.ts';
import { OperatorSearcher } from '../../../src/search/operatorSearcher.ts';
import { listIdeas } from '../../../src/search/listIdeas.ts';
import { openContext } from '../../../src/propose/operators/operatorContext.ts';
import type { Study } from '../../../src/study/study.ts';
import { diagnosisOf, requestFor } from '../../unit/operators/architectures.ts';
import { BUILDERS, readBuilder, syntax } from '../../unit/operators/builders.ts';
import { makeFolder } from '../trainer/harness.ts';

/** The example that the documentation shows. */
const example = async (): Promise<string> => {
  const [, text = ''] =
    /```json\n([^`]*"op"[^`]*)```/.exec(await readFile('docs/ideas.md', 'utf8')) ?? [];
  return text;
};
const MODEL = BUILDERS.find(({ name }) => name === 'sequential MLP by add') ?? assert.fail();

const searcher = new OperatorSearcher(syntax, {
  yieldNow: () => Promise.resolve(),
  hash: (text) => text,
});

/** Opens a study with these files in its `.cortex/ideas/`. */
async function studyWith(ideas: Readonly<Record<string, string>>): Promise<Study> {
  const files = Object.entries(ideas).map(([name, text]) => [`.cortex/ideas/${name}`, text]);
  const { folder, remove } = await makeFolder({
    'model.ts': MODEL.text,
    ...(Object.fromEntries(files) as Record<string, string>),
  });
  after(remove);
  return openStudy(join(folder, 'model.ts'));
}

const stateOf = async (study: Study) =>
  requestFor(await readBuilder(MODEL.text), {
    study,
    data: MODEL.data,
    model: { path: study.modelPath, language: 'typescript', text: MODEL.text },
    diagnosis: diagnosisOf({ overfitting: 'problem' }),
  });

describe("a team's own idea", () => {
  test('stands in the list of ideas with its source, and is proposed by its name', async () => {
    const study = await studyWith({ 'quiet-units.json': await example() });
    const { count, ...state } = await stateOf(study);
    const listed = listIdeas(openContext(state), []);
    const own = listed.find(({ name }) => name === 'quiet-units') ?? assert.fail('not listed');
    assert.match(own.source, /Team notes/);
    assert.match(own.here[0]?.title ?? '', /noise .* dense layer 1 \(16 units\)/);
    const [proposal] = await searcher.ask({ ...state, wish: 'idea quiet-units' }, count);
    assert.equal(proposal?.operator, 'quiet-units');
    assert.match(proposal.text, /tf\.layers\.gaussianNoise\(\{ stddev: 0\.1 \}\)/);
    assert.match(proposal.reasoning, /Team notes|single units/);
  });

  test('is found above the study, up to the root of the repository and no further', async () => {
    const { folder, remove } = await makeFolder({
      '.cortex/ideas/far.json': 'no JSON',
      'repository/.git/HEAD': '',
      'repository/.cortex/ideas/quiet-units.json': await example(),
      'repository/models/a/model.ts': MODEL.text,
    });
    after(remove);
    const ideas = await readOwnIdeas(join(folder, 'repository', 'models', 'a'));
    assert.deepEqual(ideas?.ok && ideas.value.map(({ name }) => name), ['quiet-units']);
    const alone = await makeFolder({ 'model.ts': MODEL.text });
    after(alone.remove);
    assert.equal(await readOwnIdeas(alone.folder), null);
  });

  test('asks for the whole model where it names no layer, and for a task alone', async () => {
    const slower = idea({
      task: 'regression',
      where: undefined,
      title: 'Train {layer} slower',
      edits: [{ op: 'setCompile', optimizer: { type: 'rmsprop', learningRate: 0.0005 } }],
    });
    const study = await studyWith({ 'a.json': slower });
    const { count, ...state } = await stateOf(study);
    const [proposal] = await searcher.ask({ ...state, wish: 'idea mine' }, count);
    assert.equal(proposal?.title, 'Train the model slower');
    assert.match(proposal.text, /tf\.train\.rmsprop\(5e-4\)/);
  });
});

const idea = (changes: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({
    name: 'mine',
    source: 'A test',
    title: 'Change {layer}',
    because: 'it is asked for',
    where: { layer: ['dense'] },
    edits: [{ op: 'removeLayer' }],
    ...changes,
  });

/** What is wrong with a file, how it is told, and in which line. */
const WRONG: Readonly<Record<string, readonly [text: string, told: RegExp]>> = {
  'no JSON': ['{ "name": ', /idea-not-json .*a\.json is not valid JSON: line 1, column 11/],
  'an empty file': ['', /idea-not-json .*line 1, column 1: value expected/],
  'a name with capitals': [
    idea({ name: 'Mine' }),
    /idea-wrong-value .*"name" is "Mine"\. .*wide-front/,
  ],
  'an unknown key': [
    idea({ titel: 'x' }),
    /"titel" is not a key of this file\. Did you mean "title"\?/,
  ],
  'a finding nobody finds': [idea({ answers: { overfit: 0.5 } }), /"answers/],
  'a weight out of range': [idea({ base: 3 }), /"base" is 3\..*1/],
  'code in place of a value': [
    idea({ edits: [{ op: 'setArgument', name: 'units', value: { source: 'rm()' } }] }),
    /idea-wrong-value .*"edits/,
  ],
  'words of several lines': [idea({ because: 'a\nSigned-off-by: me' }), /"because" is .*one line/],
  'no edit': [idea({ edits: [] }), /"edits" is \[\]/],
  'the name of an idea of the catalogue': [idea({ name: 'widen' }), /idea-name-taken .*"widen"/],
};

describe('a file that states no idea', () => {
  for (const [what, [text, told]] of Object.entries(WRONG))
    test(`${what} is told with file, place and remedy`, async () => {
      const { ideas } = await studyWith({ 'a.json': text });
      assert.ok(ideas && !ideas.ok);
      const { code, happened, expected, remedy } = ideas.error;
      assert.match(`${code} ${happened} ${expected}`, told);
      assert.match(remedy, /\.cortex\/ideas|another name/);
    });

  test('the study opens all the same; what asks for ideas is told', async () => {
    const study = await studyWith({ 'a.json': '{' });
    const { count, ...state } = await stateOf(study);
    await assert.rejects(searcher.ask(state, count), { code: 'idea-not-json' });
  });

  test('two files with ideas of one name', async () => {
    const { ideas } = await studyWith({ 'a.json': idea({}), 'b.json': idea({}) });
    assert.ok(ideas && !ideas.ok);
    assert.match(ideas.error.happened, /b\.json states an idea called "mine"/);
  });
});
