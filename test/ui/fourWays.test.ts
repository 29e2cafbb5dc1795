import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openAiServer, type Received } from '../integration/llm/openAiServer.ts';
import type { Session } from './session.ts';
import { openSession } from './session.ts';
import { until } from '../until.ts';
import { holding, openSecretStorage, writtenTexts } from './writtenTexts.ts';

/**
 * Nothing in its form says that it is a key, so that no rule for keys can hide where it was
 * written.
 */
const KEY = 'planted.9f8e7d6c5b4a32100123';
const WISH = 'it confuses 3 and 8';

const widen = (units: number, reasoning: string): string =>
  JSON.stringify({
    title: `Widen the hidden layer to ${units} units`,
    reasoning,
    edits: [{ op: 'setArgument', layer: 1, name: 'units', value: units, why: 'more capacity' }],
    expectedEffect: { metric: 'val_loss', delta: -0.05 },
    confidence: 0.6,
  });

type Server = Awaited<ReturnType<typeof openAiServer>>;

/**
 * Ollama: no key, Chat Completions only. What the Think Loop asks is answered by another number, at
 * great length.
 */
const ollamaServer = (): Promise<Server> =>
  openAiServer(({ path, text }) => {
    if (path.endsWith('/responses'))
      return { kind: 'status', status: 404, message: '404 page not found' };
    return text.includes(WISH)
      ? {
          kind: 'answer',
          text: widen(40, 'Both losses still fall at the last epoch: the hidden layer is small.'),
          usage: { input: 9000, output: 500 },
        }
      : { kind: 'answer', text: widen(24, 'Both losses still fall.') };
  });

/** The Responses API behind a key, which it is so rude to repeat in its answer. */
const openAiLikeServer = (): Promise<Server> =>
  openAiServer(({ path, authorization }) => {
    if (authorization !== `Bearer ${KEY}`)
      return {
        kind: 'status',
        status: 401,
        message: `Incorrect API key provided: ${authorization}`,
      };
    return path.endsWith('/responses')
      ? { kind: 'answer', text: widen(32, `Both losses still fall; I was called with ${KEY}.`) }
      : { kind: 'status', status: 404, message: 'Responses only' };
  });

/**
 * One person tries them all, one after the other, on one sample; the button is the same every time.
 */
describe('the four ways to a proposal', { timeout: 600_000 }, () => {
  let session: Session;
  let ollama: Server;
  let openAi: Server;

  before(async () => {
    [ollama, openAi] = await Promise.all([ollamaServer(), openAiLikeServer()]);
    session = await openSession({
      study: { epochs: 2, seeds: 2, judge: { maxSeeds: 2 } },
      settings: {
        'chat.disableAIFeatures': false,
        'chat.agentsControl.enabled': false,
        'cortex.baselineCheck': 'skip',
      },
      otherExtensions: [join(process.cwd(), 'test', 'fakeModel')],
      logLevel: 'trace',
    });
    await session.workbench.ready();
  });
  after(async () => {
    await session.close();
    await Promise.all([ollama.close(), openAi.close()]);
  });

  test('nothing at all: the offline engine proposes, and no word about it is needed', async () => {
    await pressTheButton();
    await review();
    assert.deepEqual(
      await session.verdicts(),
      ['baseline'],
      'cortex.baselineCheck: skip checks no baseline',
    );
    assert.equal((await rejected()).proposer, 'offline');
  });

  test(
    'an Ollama-like server: what will be sent is shown first; a click on Send, and its ' +
      'proposal is under review',
    async () => {
      const { workbench } = session;
      await session.changeSettings({
        'cortex.baseUrl': ollama.baseUrl,
        'cortex.model': 'llama3.2',
      });
      await pressTheButton();
      await workbench.codeLens('Send').waitFor();
      const page = await workbench.editorText();
      assert.match(page, new RegExp(`What will be sent to llama3.2 at http://${hostOf(ollama)}`));
      assert.match(
        page,
        /Ahead: 1 request to openai:llama3\.2, about \d+ tokens in .* its price is unknown/,
      );
      assert.equal(ollama.received.length, 0);
      await workbench.screenshots('what-will-be-sent');
      await workbench.clickCodeLens('Send');
      await review('units: 24');
      assert.deepEqual(
        ollama.received.map(({ path }) => path),
        ['/v1/responses', '/v1/chat/completions'],
      );
      const { proposer, title } = await rejected();
      assert.deepEqual(
        { proposer, title },
        { proposer: 'openai:llama3.2', title: 'Widen the hidden layer to 24 units' },
      );
    },
  );

  test('an OpenAI-like server: the key is typed into the input box; Use Offline sends nothing', async () => {
    const { workbench } = session;
    await session.changeSettings({
      'cortex.baseUrl': openAi.baseUrl,
      'cortex.model': 'gpt-5-mini',
    });
    await workbench.runCommand('Cortex: Set API Key');
    const box = workbench.page.locator('.quick-input-widget:visible input[type=password]');
    await box.fill(KEY);
    await workbench.screenshot('api-key-dark');
    await box.press('Enter');
    await pressTheButton();
    const asked = async (): Promise<number> =>
      (await workbench.notifications()).filter({ hasText: 'is about to ask' }).count();
    await until('the question', async () => (await asked()) === 1);
    await workbench.clickCodeLens('Use Offline');
    await until('the question to go when it is answered', async () => (await asked()) === 0);
    await review();
    assert.equal((await rejected()).proposer, 'offline');
    assert.equal(openAi.received.length, 0);
  });

  test(
    'asked again, with a wish of one’s own: it is in what is shown, and in what is sent with ' +
      'the key',
    async () => {
      const { workbench } = session;
      await workbench.runCommand('Cortex: Show What Will Be Sent');
      await workbench.openFile('model.ts');
      await workbench.runCommand('Cortex: Improve Architecture with a Wish');
      const box = workbench.page.locator('.quick-input-widget:visible input');
      const foretold = workbench.page.locator('.quick-input-widget:visible .quick-input-message');
      await box.fill('make it smaller');
      await foretold.filter({ hasText: 'it prefers a smaller or faster model' }).waitFor();
      await box.fill(WISH);
      await foretold.filter({ hasText: 'The offline engine can make nothing of this' }).waitFor();
      await workbench.screenshot('wish-dark');
      await box.press('Enter');
      await workbench.clickCodeLens('Send');
      await review('units: 32');
      assert.deepEqual(
        openAi.received.map(({ path, authorization }) => [path, authorization]),
        [['/v1/responses', `Bearer ${KEY}`]],
      );
      assert.match(sentText(openAi.received), new RegExp(WISH));
      assert.equal((await rejected()).proposer, 'openai:gpt-5-mini');
    },
  );

  test('a model that VS Code has: the same button, no key', async () => {
    const { workbench } = session;
    await session.changeSettings({});
    await workbench.runCommand('Fake Model: Offer Its Model');
    await pressTheButton();
    await workbench.clickCodeLens('Send');
    await review('units: 48');
    assert.equal((await rejected()).proposer, 'vscode.lm:scripted');
  });

  test(
    'a Think Loop opens no panel by itself, streams its reasoning into it, and a spent budget ' +
      'ends it with one sentence',
    async () => {
      const { workbench } = session;
      await session.changeSettings({
        'cortex.baseUrl': ollama.baseUrl,
        'cortex.model': 'llama3.2',
        'cortex.proposer': 'openai',
        'cortex.maxTokens': 10_000,
        'cortex.prices': { 'llama3.2': { input: 0.1, output: 0.2 } },
      });
      await workbench.runCommand('Notifications: Clear All Notifications');
      await workbench.openFile('model.ts');
      const before = (await session.verdicts()).length;
      await workbench.runCommand('Cortex: Think Loop');
      for (const [question, text] of [
        ['How many rounds?', '3'],
        ['What do you wish for?', WISH],
      ] as const) {
        const box = workbench.page
          .locator('.quick-input-widget:visible', { hasText: question })
          .locator('input[type=text]');
        await box.fill(text);
        await box.press('Enter');
      }
      await workbench.clickCodeLens('Send');
      assert.equal(await workbench.page.locator('.part.panel').isVisible(), false);
      await workbench.runCommand('Cortex: Show Reasoning as It Streams');
      const panel = workbench.page.locator('.part.panel .view-line', {
        hasText: /Round.1:.Widen.the.hidden.layer.to.40.units/,
      });
      await panel.waitFor().finally(() => workbench.screenshot('reasoning-begins-dark'));
      assert.match(await workbench.editorText(), /buildModel/);
      await until(
        'the end of the run',
        async () =>
          (await session.verdicts()).length > before &&
          (await workbench.statusBar()).every((text) => !text.includes('Cortex')),
        90,
      );
      const ended =
        /Think Loop on digits: .* \(1 attempt, \d better; budget spent: .*could pass the cap of 10000 tokens\)/;
      await until('what is said at the end', async () =>
        (await (await workbench.notifications()).allTextContents()).some((text) =>
          ended.test(text),
        ),
      ).finally(() => workbench.screenshot('reasoning-ends-dark'));
      await workbench.screenshots('reasoning-stream');
    },
  );

  test('the key stands nowhere but sealed in the secret storage of VS Code', async () => {
    const texts = await writtenTexts(session);
    // The search sees what was written: in the history, the logs, the state of the workspace.
    assert.ok(holding(texts, 'I was called with [key]').includes('git:objects'));
    assert.ok(
      holding(texts, 'cortex.setApiKey').some((name) => /^file:user-data.*\.log$/.test(name)),
      'the log of the command',
    );
    assert.ok(
      holding(texts, `gpt-5-mini at http://${hostOf(openAi)}`).some((name) =>
        name.startsWith('browser:vscode-web-state-db'),
      ),
      'the decision of the user',
    );
    assert.match(await openSecretStorage(session.workbench.page), new RegExp(KEY));
    assert.deepEqual(holding(texts, KEY), []);
  });

  async function pressTheButton(): Promise<void> {
    await session.workbench.openFile('model.ts');
    await session.workbench.clickCodeLens('Improve Architecture');
  }

  async function review(text = 'buildModel'): Promise<void> {
    await session.workbench.codeLens('Reject All').first().waitFor({ timeout: 120_000 });
    await until(`a review with "${text}"`, async () =>
      (await session.workbench.editorText()).includes(text),
    );
  }

  /** Turns the proposal under review down; what the record says of it. */
  async function rejected(): Promise<{ readonly proposer: string; readonly title: string }> {
    const before = (await session.verdicts()).length;
    await session.workbench.codeLens('Reject All').first().click();
    await until('the record', async () => (await session.verdicts()).length > before);
    const { proposal } = JSON.parse(
      await session.git('show', 'cortex/digits:.cortex/attempt.json'),
    ) as { proposal: { proposer: string; title: string } };
    return proposal;
  }
});

const hostOf = ({ baseUrl }: Server): string => new URL(baseUrl).host;

const sentText = (received: readonly Received[]): string =>
  received.map(({ text }) => text).join('\n');
