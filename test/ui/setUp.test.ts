import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pythonFolder, pythonIn } from '../python/environment.ts';
import { until } from '../until.ts';
import { openSession, type Session } from './session.ts';

const projects = [
  { name: 'tfjs', file: 'network.js', builder: 'createModel' },
  { name: 'keras', file: 'network.py', builder: 'create_model' },
];

/** Nothing joins them: no study file, no script that trains. Three clicks, and nothing typed. */
describe('a model and a table beside it', { timeout: 1200_000 }, () => {
  let session: Session;

  before(async () => {
    session = await openSession({
      project: 'unset',
      settings: {
        'cortex.baselineCheck': 'skip',
        'cortex.python': pythonIn(pythonFolder()),
      },
    });
    await session.workbench.ready();
  });
  after(() => session.close());

  for (const { name, file, builder } of projects)
    test(`${name}: one form, filled, and what was asked goes on to its verdict`, async () => {
      const { workbench, folder } = session;
      const earlier = (await session.verdicts()).length;
      await workbench.openFile(file);
      await workbench.clickCodeLens('Improve Architecture');
      const shown = await shownForm(name);
      const missing = [
        `Function: ${builder}`,
        'Data: flowers.csv',
        'Target: kind',
        'Task: classification',
        'Epochs: 20',
        'Batch: 32',
        'Objective: val_loss',
      ].filter((line) => !shown.some((row) => row.startsWith(line)));
      assert.deepEqual(missing, [], shown.join('\n'));
      await workbench.pick('Write cortex.json and Continue');
      await workbench.codeLens('Accept All and Train').waitFor({ timeout: 300_000 });
      assert.deepEqual(JSON.parse(await readFile(join(folder, name, 'cortex.json'), 'utf8')), {
        model: file,
        builder,
        data: { csv: 'flowers.csv', target: 'kind', task: 'classification' },
        epochs: 20,
        batchSize: 32,
        objective: { metric: 'val_loss', direction: 'minimize' },
      });
      await workbench.clickCodeLens('Accept All and Train');
      await until(
        'baseline and verdict',
        async () => (await session.verdicts()).length === earlier + 2,
        300,
      );
      assert.match((await session.verdicts())[0] ?? '', /^(better|worse|inconclusive)$/);
      await workbench.idle();
    });

  /** The rows of the form, without where they are from. */
  async function shownForm(name: string): Promise<readonly string[]> {
    const rows = session.workbench.page.locator('.quick-input-widget:visible .monaco-list-row');
    await rows.filter({ hasText: 'Write cortex.json and Continue' }).waitFor({ timeout: 120_000 });
    await session.workbench.screenshots(`set-up-${name}`);
    const texts = (await rows.allInnerTexts()).map((text) => text.replaceAll('\u00a0', ' '));
    assert.match(texts.join('\n'), /Epochs: 20\s*not found in the project: this is used/);
    return texts.map((text) => text.trim());
  }
});
