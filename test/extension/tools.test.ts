import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { LanguageModelTextPart, lm } from 'vscode';
import { confirmTraining } from '../../src/hosts/vscode/tools/confirmTraining.ts';
import { git, modelOnDisk, verdicts } from './example.ts';

const invoke = async (name: string, input: object): Promise<Record<string, unknown>> => {
  const {
    content: [part],
  } = await lm.invokeTool(name, { input, toolInvocationToken: undefined });
  assert.ok(part instanceof LanguageModelTextPart);
  return JSON.parse(part.value) as Record<string, unknown>;
};

describe('tools for agents', () => {
  it('are listed with their schemas', () => {
    const names = lm.tools.map(({ name }) => name).filter((name) => name.startsWith('cortex_'));
    assert.deepEqual(names.sort(), [
      'cortex_diagnose',
      'cortex_history',
      'cortex_propose',
      'cortex_train',
    ]);
  });

  it('diagnose answers with the document of the terminal', async () => {
    const { version, epochs, findings } = await invoke('cortex_diagnose', { log: 'train_log.txt' });
    assert.equal(version, 1);
    assert.equal(epochs, 20);
    assert.ok(Array.isArray(findings) && findings.length > 0);
  });

  it('propose gives reasons and a diff, and changes and records nothing', async () => {
    const [refs, text] = [await git('for-each-ref'), await modelOnDisk()];
    const { proposals } = (await invoke('cortex_propose', { model: 'model.ts', count: 2 })) as {
      readonly proposals: readonly { readonly diff: string; readonly reasoning: string }[];
    };
    assert.equal(proposals.length, 2);
    for (const { diff, reasoning } of proposals)
      assert.ok(diff.includes('\n+') && reasoning.length > 40);
    assert.deepEqual(
      { git: await git('for-each-ref'), modelOnDisk: await modelOnDisk() },
      { git: refs, modelOnDisk: text },
    );
  });

  it('history lists what was recorded', async () => {
    const { study, attempts } = (await invoke('cortex_history', { model: 'model.ts' })) as {
      readonly study: string;
      readonly attempts: readonly { readonly verdict: string }[];
    };
    assert.equal(study, 'digits');
    assert.deepEqual(attempts.map(({ verdict }) => verdict).reverse(), await verdicts());
  });

  it('train asks the user, and records what it trained', async () => {
    const { confirmationMessages: question } = confirmTraining({
      input: { model: 'some/model.ts' },
    });
    assert.equal(question?.title, 'Train model.ts?');
    assert.match(String(question.message), /runs the model's code.*commit/);
    const before = await verdicts();
    const { attempts } = (await invoke('cortex_history', { model: 'model.ts' })) as {
      readonly attempts: readonly { kind: string; metric: { values: readonly number[] } | null }[];
    };
    const known = attempts.find(({ kind }) => kind === 'baseline')?.metric?.values ?? [];
    // A VS Code under test answers such questions with yes by itself.
    const { commit, metric } = (await invoke('cortex_train', { model: 'model.ts', seeds: 2 })) as {
      readonly commit: string;
      readonly metric: { readonly values: readonly number[] };
    };
    // The file was trained before: two seeds more, beside those that are known.
    assert.ok(known.length > 0 && metric.values.length >= known.length + 2);
    assert.deepEqual(metric.values.slice(0, known.length), known);
    assert.equal(await git('rev-parse', 'cortex/digits'), commit);
    assert.deepEqual(await verdicts(), ['baseline', ...before]);
  });

  it('say what is wrong: a path out of the workspace, a file that is not there, a wrong number', async () => {
    await assert.rejects(
      invoke('cortex_propose', { model: '../elsewhere/model.ts' }),
      /not in this workspace/,
    );
    await assert.rejects(
      invoke('cortex_history', { model: 'nowhere.ts' }),
      /nowhere\.ts.*Expected: /s,
    );
    await assert.rejects(invoke('cortex_propose', { model: 'model.ts', count: 0 }), /count/);
  });
});
