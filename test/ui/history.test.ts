import { after, before, describe, test } from 'node:test';
import type { Session } from './session.ts';
import { openSession } from './session.ts';

describe('the lens and the history', { timeout: 300_000 }, () => {
  let session: Session;

  before(async () => {
    session = await openSession({ study: { epochs: 2, seeds: 2 } });
    await session.workbench.ready();
  });
  after(() => session.close());

  test('layers tell shapes, parameters and FLOPs before anything is trained', async () => {
    const { workbench } = session;
    await workbench.openFile('model.ts');
    const hint = workbench.page.locator('.part.editor .view-line', { hasText: '→ [16] · 1,040 params · 2.1 kFLOPs · est. 85 % of time' });
    await hint.waitFor({ timeout: 60_000 });
    await workbench.codeLens('3 layers · 1,210 parameters · 4.7 KB').waitFor();
    await workbench.page.locator('.part.editor .view-line', { hasText: 'units: 16' }).getByText('dense').first().hover();
    await workbench.page.locator('.monaco-hover', { hasText: '1,040 parameters, 4.1 KB' }).waitFor();
    await workbench.screenshots('lens');
  });
});
