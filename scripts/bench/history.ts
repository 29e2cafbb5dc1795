import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { arrangeAttempts } from '../../src/core/attempts/arrange/arrangeAttempts.ts';
import { sortKeys, groupings, PLAIN_ARRANGEMENT } from '../../src/core/attempts/arrange/arrangement.ts';
import { parseFilter } from '../../src/core/attempts/arrange/filter.ts';
import { GitAttemptStore } from '../../src/git/gitAttemptStore.ts';
import { GitMarks } from '../../src/git/marks.ts';
import { attemptNodes } from '../../src/vscode/history/historyNodes.ts';
import { attempt, ATTEMPTS, importHistory, makeProject, median, MODEL, studyIn, timed } from './largeHistory.ts';
import { measurePages } from './pageSpeed.ts';
import type { Row } from './row.ts';

/** What the tree of a branch of 10,000 attempts costs, in a Node process that does what the extension host does (read, arrange, make the rows that are seen), and what its pages cost in a browser. */
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

async function measure(root: string): Promise<Row[]> {
  const study = studyIn(root);
  const paint = async (store: GitAttemptStore, marks: GitMarks): Promise<void> => {
    const attempts = await store.list(study);
    attemptNodes(study, attempts, { arrangement: PLAIN_ARRANGEMENT, marks: await marks.read(study, attempts), hasFile: true });
  };
  const before = memory();
  const first: number[] = [];
  for (let i = 0; i < 5; i++) first.push(await timed(() => paint(new GitAttemptStore(), new GitMarks())));
  const store = new GitAttemptStore();
  const marks = new GitMarks();
  await paint(store, marks);
  const attempts = await store.list(study);
  const grown = memory() - before;
  const refresh: number[] = [];
  for (let i = 0; i < 5; i++) {
    const added = await store.record(study, attempt(ATTEMPTS + i), `${MODEL}// ${i}\n`);
    refresh.push(await timed(async () => { attemptNodes(study, [...attempts, added]); }));
  }
  const context = { objective: study.config.objective, marks: new Map() };
  const arranged = sortKeys.flatMap((key) => groupings.map((group) => best(() => arrangeAttempts(attempts, { sort: { key, reversed: true }, filter: parseFilter('verdict:better,worse layer'), group }, context))));
  return [
    row(`first paint of the tree, ${ATTEMPTS} attempts, cold`, 300, median(first)),
    row('refresh of the tree after a new attempt', 30, median(refresh)),
    row('filter, sort and group, the slowest of all', 50, Math.max(...arranged)),
    { figure: 'memory of the history, after collection', goal: '≤ 60 MB', measured: `${grown.toFixed(0)} MB`, ratio: '–', met: grown <= 60 },
  ];
}

const row = (figure: string, goal: number, measured: number): Row =>
  ({ figure, goal: `≤ ${goal} ms`, measured: `${measured.toFixed(1)} ms`, ratio: '–', met: measured <= goal });

/** The better of three: the first runs cold. */
const best = (work: () => unknown): number =>
  Math.min(...[1, 2, 3].map(() => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }));

/** Megabytes of the heap; with what is garbage where node was not started with --expose-gc. */
function memory(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1024 ** 2;
}
