import { strict as assert } from 'node:assert';
import { after, describe, it } from 'mocha';
import type { TextEditor } from 'vscode';
import {
  commands,
  ConfigurationTarget,
  LanguageModelChatToolMode,
  LanguageModelTextPart,
  lm,
  window,
  workspace,
} from 'vscode';
import { git, modelOnDisk, modelUri, until, verdicts } from './example.ts';

interface Request {
  readonly texts: readonly string[];
  readonly tools: readonly { readonly name: string }[];
  readonly toolMode: LanguageModelChatToolMode;
}

const useless = { title: 'Nothing to see', edits: 'all of them' };
const good = {
  title: 'Widen the hidden layer',
  reasoning: 'Both losses still fall at the last epoch, so the layer is small.',
  edits: [{ oldText: 'units: 16', newText: 'units: 48', why: 'more capacity' }],
  expectedEffect: { metric: 'val_loss', delta: -0.05 },
  confidence: 0.6,
};

const editorOf = (scheme: string) => (): TextEditor | undefined =>
  window.visibleTextEditors.find(({ document }) => document.uri.scheme === scheme);
const offer = (answers: readonly unknown[] | null): Thenable<unknown> =>
  commands.executeCommand('fakeModel.offer', answers);
const requests = async (): Promise<readonly Request[]> =>
  await commands.executeCommand<readonly Request[]>('fakeModel.requests');

/** Default settings, no key: the model that VS Code already has. */
describe('a language model of VS Code', () => {
  after(async () => {
    await workspace
      .getConfiguration('cortex')
      .update('proposer', undefined, ConfigurationTarget.Global);
    await offer(null);
  });

  it(
    'is not asked for an agent before the user has allowed it: the offline engine answers at ' +
      'once, and says why',
    async () => {
      await offer([good]);
      await until('the model', async () =>
        (await lm.selectChatModels({ vendor: 'fake-model' })).length > 0 ? true : undefined,
      );
      const {
        content: [part],
      } = await lm.invokeTool('cortex_propose', {
        input: { model: 'model.ts' },
        toolInvocationToken: undefined,
      });
      assert.ok(part instanceof LanguageModelTextPart);
      const {
        proposals: [proposal],
      } = JSON.parse(part.value) as {
        readonly proposals: readonly {
          readonly proposer: string;
          readonly warnings: readonly string[];
        }[];
      };
      assert.equal(proposal?.proposer, 'offline');
      assert.match(
        proposal.warnings.join(),
        /Nothing was sent to Scripted .* has not allowed it in this workspace yet/,
      );
      assert.deepEqual(await requests(), []);
    },
  );

  it(
    'is asked by the same button, after its prompt was seen, and its mended proposal comes ' +
      'under review',
    async () => {
      await offer([useless, good]);
      await until('the model', async () =>
        (await lm.selectChatModels({ vendor: 'fake-model' })).length > 0 ? true : undefined,
      );
      const prompt = await promptOfImprove();
      const before = (await verdicts()).length;
      assert.match(prompt, /buildModel/);
      assert.deepEqual(await requests(), []);
      await commands.executeCommand('cortex.prompt.send');

      const review = await until('the review', editorOf('cortex-review'), 90);
      assert.match(review.document.getText(), /units: 48/);
      await assertAsked(prompt);
      assert.match(await modelOnDisk(), /units: 16/);

      await commands.executeCommand('cortex.review.rejectAll');
      await until('the record', async () =>
        (await verdicts()).length > before ? true : undefined,
      );
      const record = await lastAttempt();
      assert.equal(record.proposal.proposer, 'vscode.lm:scripted');
      assert.equal(record.proposal.title, good.title);
      assert.equal(record.repairs.length, 1);
      assert.ok(record.cost.inputTokens > 0);
      assert.equal(record.cost.usd, null);
    },
  );

  it('is sent nothing where the user would rather stay offline; the offline engine proposes instead', async () => {
    await offer([good]);
    await workspace
      .getConfiguration('cortex')
      .update('proposer', 'vscode.lm', ConfigurationTarget.Global);
    await commands.executeCommand('cortex.prompt.show');
    await promptOfImprove();
    const before = (await verdicts()).length;
    await commands.executeCommand('cortex.prompt.useOffline');
    await until('the review', editorOf('cortex-review'), 90);
    await commands.executeCommand('cortex.review.rejectAll');
    await until('the record', async () => ((await verdicts()).length > before ? true : undefined));
    assert.deepEqual(await requests(), []);
    assert.equal((await lastAttempt()).proposal.proposer, 'offline');
  });
});

/**
 * The prompt that the button leads to; what the check of the baseline proposes before any proposer
 * is asked is turned down.
 */
async function promptOfImprove(): Promise<string> {
  void commands.executeCommand('cortex.improve', modelUri());
  const first = await until(
    'the prompt or a review',
    () => editorOf('cortex-prompt')() ?? editorOf('cortex-review')(),
    90,
  );
  if (first.document.uri.scheme === 'cortex-prompt') return first.document.getText();
  const before = (await verdicts()).length;
  await commands.executeCommand('cortex.review.rejectAll');
  await until('the record', async () => ((await verdicts()).length > before ? true : undefined));
  return promptOfImprove();
}

/** One private tool that has to be called, and not a word beside what was shown. */
async function assertAsked(prompt: string): Promise<void> {
  const asked = await requests();
  assert.equal(asked.length, 2);
  const [first] = asked;
  for (const text of first?.texts ?? []) assert.ok(prompt.includes(text.trim()), text);
  assert.equal(first?.tools.length, 1);
  assert.equal(first.toolMode, LanguageModelChatToolMode.Required);
}

interface AttemptRecord {
  readonly proposal: { readonly proposer: string; readonly title: string };
  readonly repairs: readonly unknown[];
  readonly cost: { readonly inputTokens: number; readonly usd: number | null };
}

async function lastAttempt(): Promise<AttemptRecord> {
  const branch = await git('branch', '--list', 'cortex/*', '--format=%(refname)');
  return JSON.parse(await git('show', `${branch}:.cortex/attempt.json`)) as AttemptRecord;
}
