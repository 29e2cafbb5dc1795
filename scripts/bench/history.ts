import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { arrangeAttempts } from '../../src/show/arrange/arrangeAttempts.ts';
import { sortKeys, groupings } from '../../src/show/arrange/arrangement.ts';
import { parseFilter } from '../../src/show/arrange/parseFilter.ts';
import { createStore } from '../../test/support/attemptStore.ts';
import { attemptNodes } from '../../src/hosts/vscode/history/historyNodes.ts';
import type { AttemptSummary } from '../../src/record/attemptSummary.ts';
import type { Study } from '../../src/study/study.ts';
import type { FirstPaint } from './firstPaint.ts';
import {
  attempt,
  ATTEMPTS,
  git,
  importHistory,
  makeProject,
  median,
  MODEL,
  studyIn,
  timed,
  timedSync,
} from './largeHistory.ts';
import { measurePages } from './pageSpeed.ts';
import type { Row } from './row.ts';
import { objectiveOf } from '../../src/record/objectives.ts';

/**
 * What the tree of a branch of 10,000 attempts costs, in a Node process that does what the
 * extension host does (read, arrange, make the rows that are seen), and what its pages cost in a
 * browser.
 */
export async function bench(): Promise<Row[]> {
  const root = mkdtempSync(join(tmpdir(), 'cortex-bench-history-'));
  try {
    makeProject(root);
    importHistory(root);
    return [...(await measure(root)), ...(await measurePages())];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/**
 * Medians of what five processes print: each paints the tree as a window does that has just been
 * opened.
 */
function paintFirst(root: string): FirstPaint {
  const script = join(import.meta.dirname, 'firstPaint.ts');
  const runs = Array.from(
    { length: 5 },
    () =>
      JSON.parse(
        execFileSync(process.execPath, ['--expose-gc', script, root], { encoding: 'utf8' }),
      ) as FirstPaint,
  );
  const of = (key: keyof FirstPaint): number => median(runs.map((run) => run[key]));
  return { first: of('first'), again: of('again'), megabytes: of('megabytes') };
}

async function measure(root: string): Promise<Row[]> {
  const study = studyIn(root);
  const { first, again, megabytes } = paintFirst(root);
  const plain = median(
    Array.from({ length: 5 }, () =>
      timedSync(() => git(root, ['log', '--format=%B', 'cortex/digits'])),
    ),
  );
  const store = createStore();
  const attempts = await store.list(study);
  const refresh: number[] = [];
  for (let i = 0; i < 5; i++) {
    await store.record(study, attempt(ATTEMPTS + i), `${MODEL}// ${i}\n`);
    refresh.push(
      await timed(async () => {
        attemptNodes(study, await store.list(study));
      }),
    );
  }
  const arranged = arrangedTimes(attempts, study);
  return [
    row(
      `first paint of the tree, ${ATTEMPTS} attempts, cold`,
      300,
      first,
      `${(first / plain).toFixed(1)} × git log ${plain.toFixed(0)} ms`,
    ),
    row(
      'the same in a process that has painted one',
      300,
      again,
      `${(again / plain).toFixed(1)} × git log`,
    ),
    row('refresh of the tree after a new attempt', 30, median(refresh)),
    row('filter, sort and group, the slowest of all', 50, Math.max(...arranged)),
    {
      figure: 'memory of the history, after collection',
      goal: '≤ 60 MB',
      measured: `${megabytes.toFixed(0)} MB`,
      ratio: '–',
      met: megabytes <= 60,
    },
  ];
}

/** Milliseconds of each way to sort and group, with a filter. */
function arrangedTimes(attempts: readonly AttemptSummary[], { config }: Study): readonly number[] {
  const filter = parseFilter('verdict:better,worse layer');
  const context = { objective: objectiveOf(config), marks: new Map() };
  return sortKeys.flatMap((key) =>
    groupings.map((group) => {
      const arrangement = { sort: { key, reversed: true }, filter, group };
      return best(() => arrangeAttempts(attempts, arrangement, context));
    }),
  );
}

const row = (figure: string, goal: number, measured: number, ratio = '–'): Row => ({
  figure,
  goal: `≤ ${goal} ms`,
  measured: `${measured.toFixed(1)} ms`,
  ratio,
  met: measured <= goal,
});

/** The better of three: the first runs cold. */
const best = (work: () => unknown): number =>
  Math.min(
    ...[1, 2, 3].map(() => {
      const start = performance.now();
      work();
      return performance.now() - start;
    }),
  );
