import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Session } from './session.ts';
import { openSession } from './session.ts';
import { flyAutopilot } from './flyAutopilot.ts';
import { until } from '../until.ts';

/** Long enough that no machine is done before it is stopped. */
const endless = {
  epochs: 5000,
  seeds: 1,
  // Whatever else the machine is busy with.
  autopilot: { maxLoad: 100_000, onBattery: true },
};

describe('training that is stopped', { timeout: 960_000 }, () => {
  let session: Session;

  before(async () => {
    session = await openSession({ study: endless });
    await session.workbench.ready();
    await session.workbench.openFile('model.ts');
  });
  after(() => session.close());

  test('by a click on the status bar: the attempt is kept as cancelled', async () => {
    await train();
    await session.workbench.page
      .locator('.part.statusbar .statusbar-item', { hasText: 'Cortex' })
      .click();
    await until(
      'the cancelled attempt on the branch',
      async () => (await session.verdicts()).length === 1,
      60,
    );
    assert.deepEqual(await session.verdicts(), ['cancelled']);
  });

  test('by reloading VS Code: it stands in the history as interrupted', async () => {
    await train();
    await session.workbench.page.reload();
    await session.workbench.ready();
    await session.workbench.openContainer('Cortex');
    await until(
      'the interrupted attempt on the branch',
      async () => (await session.verdicts()).length === 2,
      60,
    );
    assert.deepEqual(await session.verdicts(), ['cancelled', 'cancelled']);
    const record = JSON.parse(await session.git('show', 'cortex/digits:.cortex/attempt.json')) as {
      verdict: { text: string };
    };
    assert.match(record.verdict.text, /interrupted/i);
    await until('both in the history', async () => {
      const items = await session.workbench.treeItems('Attempts');
      return ['cancelled', 'interrupted'].every(
        (ending) => items.filter((item) => item.includes(ending)).length === 1,
      );
    });
    await session.workbench.screenshot('interrupted-dark');
  });

  test('an autopilot: its view, paused and resumed, a closed window, stopped, its report', () =>
    flyAutopilot(session));

  async function train(): Promise<void> {
    const { workbench } = session;
    await workbench.clickCodeLens('Train');
    await until(
      'the status bar to tell of epochs',
      async () => (await workbench.statusBar()).some((text) => /Cortex.*epoch/i.test(text)),
      60,
    );
  }
});
