import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openAiServer } from '../integration/llm/openAiServer.ts';
import { pythonFolder, pythonIn } from '../python/environment.ts';
import { until } from '../until.ts';
import { openSession, type Session } from './session.ts';

const PYTHON = { 'cortex.python': pythonIn(pythonFolder()), 'cortex.baselineCheck': 'skip' };

/** Gives the question for minutes an answer, until it is taken. */
async function answerMinutes({ workbench: { page } }: Session, minutes: string): Promise<void> {
  const input = page.locator('.quick-input-widget:visible input[type=text]');
  await input.waitFor({ timeout: 120_000 });
  await until('the minutes to be taken', async () => {
    if (!(await input.isVisible())) return true;
    await input.fill(minutes, { timeout: 5000 }).catch(() => undefined);
    await page.keyboard.press('Enter');
    return input.waitFor({ state: 'hidden', timeout: 3000 }).then(
      () => true,
      () => false,
    );
  });
}

/** Stops the search that runs; its page then shows where its record is. */
async function stopSearch({ workbench }: Session): Promise<void> {
  const page = await workbench.webview('Search');
  const stop = page.getByRole('button', { name: 'Stop and Keep' });
  const record = page.getByRole('button', { name: 'Show Record' });
  await until('the search to be stopped', async () => {
    if (await record.isVisible()) return true;
    await stop.click({ timeout: 3000 }).catch(() => undefined);
    return record.waitFor({ timeout: 20_000 }).then(
      () => true,
      () => false,
    );
  });
}

/** Speaks Chat Completions, as Ollama does, and suggests one rate. */
const modelServer = (): ReturnType<typeof openAiServer> =>
  openAiServer(({ path }) =>
    path.endsWith('/responses')
      ? { kind: 'status', status: 404, message: 'no such route' }
      : { kind: 'answer', text: JSON.stringify({ points: [{ values: { RATE: 0.0123 } }] }) },
  );

describe('a search of a Keras project in the editor', { timeout: 1800_000 }, () => {
  let session: Session;
  let server: Awaited<ReturnType<typeof openAiServer>>;
  before(async () => {
    server = await modelServer();
    session = await openSession({ project: 'keras-script', settings: PYTHON });
  });
  after(async () => {
    await session.close();
    await server.close();
  });

  test('shows how it stands, is stopped by a click, and keeps what it tried', async () => {
    const { workbench } = session;
    await workbench.ready();
    await workbench.openFile('train.py');
    await workbench.clickCodeLens('Search Architecture');
    await answerMinutes(session, '600');
    const page = await workbench.webview('Search');
    await page.getByText('configurations tried').waitFor({ timeout: 300_000 });
    await until(
      'three configurations to be tried',
      async () => Number.parseInt(await page.locator('p[aria-live]').innerText(), 10) >= 3,
      300,
    );
    await workbench.screenshots('search-running');
    await stopSearch(session);
    await workbench.screenshots('search-kept');
    assert.match(await page.locator('p[aria-live]').innerText(), /Ended: /);
    assert.ok((await session.verdicts()).includes('cancelled'), 'the record of the sweep');
    assert.equal(await session.git('status', '--porcelain'), '', 'the folder is as it was');
  });

  test('tunes what is marked, with a language model that suggests when it was let', async () => {
    const { workbench, folder } = session;
    const file = join(folder, 'train.py');
    const text = await readFile(file, 'utf8');
    const marked = 'RATE = 0.01  # cortex: 1e-4..0.1 log\n\n\ndef make_network';
    await writeFile(
      file,
      text
        .replace('def make_network', marked)
        .replace('"adam"', 'keras.optimizers.Adam(learning_rate=RATE)'),
    );
    await session.changeSettings({
      'cortex.baseUrl': server.baseUrl,
      'cortex.model': 'llama3.2',
    });
    await workbench.openFile('train.py');
    await workbench.clickCodeLens('Tune 1 Marked Number');
    await answerMinutes(session, '600');
    await workbench.clickCodeLens('Send');
    await workbench.page.locator('.tabs-container .tab', { hasText: 'Search of train.py' }).click();
    const page = await workbench.webview('Search');
    await page.getByText(/it suggested [1-9]/).waitFor({ timeout: 300_000 });
    await workbench.screenshots('search-partner');
    await stopSearch(session);
    assert.match(server.received[0]?.text ?? '', /- RATE: \S+ to 0\.1, by its logarithm/);
  });
});
