import { PLAIN_ARRANGEMENT } from '../../src/show/arrange/arrangement.ts';
import { createStore } from '../../test/support/attemptStore.ts';
import { GitMarks } from '../../src/adapters/git/marks.ts';
import { attemptNodes } from '../../src/hosts/vscode/history/historyNodes.ts';
import { median, studyIn, timed } from './largeHistory.ts';

/** What a process prints that paints a tree for the first time; times in milliseconds. */
export interface FirstPaint {
  readonly first: number;
  /** The same, by a store that has read nothing, in a process that has: its code is compiled. */
  readonly again: number;
  /** What the history keeps of the heap. */
  readonly megabytes: number;
}

/** From a branch on disk to the rows that are seen, as the extension host does it. */
async function paint(root: string): Promise<readonly unknown[]> {
  const study = studyIn(root);
  const attempts = await createStore().list(study);
  const marks = await new GitMarks().read(study, attempts);
  return [
    attempts,
    attemptNodes(study, attempts, { arrangement: PLAIN_ARRANGEMENT, marks, hasFile: true }),
  ];
}

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

const [, , project = ''] = process.argv;
const before = heap();
let kept: readonly unknown[] = [];
const first = await timed(async () => {
  kept = await paint(project);
});
const megabytes = heap() - before;
const again: number[] = [];
for (let i = 0; i < 5; i++) again.push(await timed(() => paint(project)));
process.stdout.write(
  JSON.stringify({
    first,
    again: median(again),
    megabytes: kept.length === 0 ? Number.NaN : megabytes,
  } satisfies FirstPaint),
);
