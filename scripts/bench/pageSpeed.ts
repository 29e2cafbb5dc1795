import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { CurveRun } from '../../src/show/views/curvesDocument.ts';
import type { ToCurves } from '../../src/show/views/curvesMessages.ts';
import type { ToStudy } from '../../src/show/views/studyMessages.ts';
import { studyRow } from '../../src/show/views/studyRow.ts';
import { summarize } from '../../src/record/summary.ts';
import { cacheFolder } from '../../src/adapters/files/cacheFolder.ts';
import { pageHtml } from '../../src/hosts/vscode/pages/pageHtml.ts';
import { startBrowser } from '../../test/vscode/launch.ts';
import { attempt, ATTEMPTS, median } from './largeHistory.ts';
import type { Row } from './row.ts';

const RUNS = 50;
const EPOCHS = 1000;
const ORIGIN = 'http://cortex.localhost';
const objective = { metric: 'val_loss', direction: 'minimize' } as const;

/**
 * How fast the shipped pages are, under their own content security policy, in a headless Chromium.
 */
export async function measurePages(): Promise<Row[]> {
  const browser = await startBrowser(cacheFolder());
  try {
    return [
      ...(await curvesSpeed(browser)),
      await tableSpeed(browser),
      ...(await liveSpeed(browser)),
    ];
  } finally {
    await browser.close();
  }
}

async function openPage(browser: Browser, name: 'curves' | 'study'): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  await page.addInitScript({ path: join(import.meta.dirname, 'pageProbe.js') });
  const html = pageHtml({
    title: name,
    source: ORIGIN,
    script: `${ORIGIN}/${name}.js`,
    style: `${ORIGIN}/${name}.css`,
  });
  await page.route(`${ORIGIN}/**`, async (route) => {
    const file = new URL(route.request().url()).pathname.slice(1);
    if (file === '') return route.fulfill({ contentType: 'text/html', body: html });
    return route.fulfill({
      contentType: file.endsWith('.js') ? 'text/javascript' : 'text/css',
      body: await readFile(join('dist', 'webview', file), 'utf8'),
    });
  });
  await page.goto(`${ORIGIN}/`);
  return page;
}

/** What a function of the probe gives for values that JSON can carry. */
const ask = async <Answer>(
  page: Page,
  call: string,
  ...values: readonly unknown[]
): Promise<Answer> =>
  page.evaluate<Answer>(`probe.${call}(${values.map((value) => JSON.stringify(value)).join()})`);

async function curvesSpeed(browser: Browser): Promise<Row[]> {
  const first: number[] = [];
  const again: number[] = [];
  for (let at = 0; at < 3; at++) {
    const page = await openPage(browser, 'curves');
    first.push(await ask<number>(page, 'draw', curves(RUNS, EPOCHS)));
    for (const fewer of [1, 2, 3])
      again.push(await ask<number>(page, 'draw', curves(RUNS, EPOCHS - fewer)));
    await page.close();
  }
  return [
    inTime(`curves of ${RUNS} runs of ${EPOCHS} epochs, first draw in a new page`, median(first)),
    inTime('the same, drawn again', median(again)),
  ];
}

const inTime = (figure: string, measured: number): Row => ({
  figure,
  goal: '≤ 100 ms',
  measured: `${measured.toFixed(1)} ms`,
  ratio: '–',
  met: measured <= 100,
});

async function tableSpeed(browser: Browser): Promise<Row> {
  const page = await openPage(browser, 'study');
  await ask(page, 'send', {
    kind: 'study',
    name: 'digits',
    modelPath: '/model.ts',
    objective,
    remote: null,
  } satisfies ToStudy);
  const rows = Array.from({ length: ATTEMPTS }, (_, number) =>
    studyRow({ ...summarize(attempt(number), { source: 'a', config: 'b' }), commit: 'c' }),
  );
  await ask(page, 'draw', { kind: 'rows', from: 0, total: rows.length, rows } satisfies ToStudy);
  const times = (
    await ask<number[]>(page, 'scroll', '.grid-body', { frames: 400, step: 300 })
  ).toSorted((a, b) => a - b);
  await page.close();
  const late = times[Math.floor(times.length * 0.95)] ?? Number.NaN;
  return {
    figure: `table of ${ATTEMPTS} rows, frame while scrolling`,
    goal: '≤ 16.7 ms',
    measured: `${median(times).toFixed(1)} ms, 95th percentile ${late.toFixed(1)} ms`,
    ratio: '–',
    met: Number(median(times).toFixed(1)) <= 16.7,
  };
}

const UPDATES = 50;

async function liveSpeed(browser: Browser): Promise<Row[]> {
  const page = await openPage(browser, 'curves');
  await ask(page, 'draw', curves(4, 200));
  const messages = Array.from({ length: UPDATES }, (_, index): ToCurves => ({
    kind: 'live',
    runs: [{ ...run(100, 100 + index), roles: ['running'] }],
  }));
  const { drawsPerSecond, longest } = await ask<{ drawsPerSecond: number; longest: number }>(
    page,
    'follow',
    messages,
    100,
  );
  await page.close();
  return [
    {
      figure: 'live curves, 10 updates a second: draws',
      goal: '≥ 5 a second',
      measured: `${drawsPerSecond.toFixed(1)} a second`,
      ratio: '–',
      met: drawsPerSecond >= 5,
    },
    {
      figure: 'the longest task meanwhile',
      goal: '≤ 50 ms',
      measured: longest === 0 ? 'below 50 ms' : `${longest.toFixed(0)} ms`,
      ratio: '–',
      met: longest <= 50,
    },
  ];
}

const curves = (runs: number, epochs: number): ToCurves => ({
  kind: 'show',
  document: {
    study: 'digits',
    objective,
    runs: Array.from({ length: runs }, (_, number) => run(number, epochs)),
  },
});

/** Validation with a band over three seeds, and training: what every attempt shows. */
function run(number: number, epochs: number): CurveRun {
  const curve = (height: number): number[] =>
    Array.from(
      { length: epochs },
      (_, epoch) => height / (epoch + 1) + 0.02 * Math.sin(epoch * 0.7 + number) + number / 100,
    );
  const band = { mean: curve(1.1), range: { low: curve(1), high: curve(1.2) } };
  return {
    id: `a-${number}`,
    roles: ['shown'],
    label: `#${number} Batch normalisation`,
    seeds: [1, 2, 3],
    bands: { val_loss: band, loss: { mean: curve(0.9), range: band.range } },
  };
}
