import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStore } from '../../test/support/attemptStore.ts';
import {
  attempt,
  ATTEMPTS,
  FILES,
  git,
  importHistory,
  makeProject,
  median,
  MODEL,
  studyIn,
  timed,
  timedSync,
} from './largeHistory.ts';
import type { Row } from './row.ts';

/**
 * What the attempt store costs: a commit in a repository of 1,000 files, and a branch of 10,000
 * attempts.
 */
export async function bench(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cortex-bench-git-'));
  try {
    return [
      ...(await benchCommits(join(folder, 'project'))),
      ...(await benchHistory(join(folder, 'history'))),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const REPEATS = 15;

async function benchCommits(root: string): Promise<readonly Row[]> {
  makeProject(root);
  const study = studyIn(root);
  const store = createStore();
  await store.record(study, attempt(0), MODEL);
  const drafts: number[] = [];
  const commits: number[] = [];
  for (let number = 1; number <= REPEATS; number++) {
    drafts.push(
      await timed(() => store.saveDraft(study, attempt(number), `${MODEL}// ${number}\n`)),
    );
    commits.push(await timed(() => store.record(study, attempt(number), `${MODEL}// ${number}\n`)));
  }
  const user = median(Array.from({ length: REPEATS }, (_, i) => commitAsUser(root, i)));
  const of = `git add + git commit ${user.toFixed(0)} ms`;
  return [
    row(`commit of an attempt (${FILES} files), median`, {
      goal: 50,
      measured: median(commits),
      ratio: `${(median(commits) / user).toFixed(1)} × ${of}`,
    }),
    {
      figure: 'its draft before, median',
      goal: '–',
      measured: `${median(drafts).toFixed(1)} ms`,
      ratio: `${(median(drafts) / user).toFixed(1)} × ${of}`,
      met: true,
    },
  ];
}

async function benchHistory(root: string): Promise<readonly Row[]> {
  makeProject(root);
  importHistory(root);
  const study = studyIn(root);
  const cold: number[] = [];
  for (let i = 0; i < 5; i++) cold.push(await timed(() => createStore().list(study)));
  const store = createStore();
  await store.list(study);
  const refresh: number[] = [];
  for (let i = 0; i < 5; i++) {
    await createStore().record(study, { ...attempt(ATTEMPTS + i) }, `${MODEL}// ${i}\n`);
    refresh.push(await timed(() => store.list(study)));
  }
  const plain = median(
    Array.from({ length: 5 }, () =>
      timedSync(() => git(root, ['log', '--format=%B', 'cortex/digits'])),
    ),
  );
  return [
    row(`cold list of ${ATTEMPTS} attempts, median`, {
      goal: 300,
      measured: median(cold),
      ratio: `${(median(cold) / plain).toFixed(1)} × git log ${plain.toFixed(0)} ms`,
    }),
    row('list after a new attempt, median', { goal: 30, measured: median(refresh), ratio: '–' }),
  ];
}

const row = (
  figure: string,
  { goal, measured, ratio }: { goal: number; measured: number; ratio: string },
): Row => ({
  figure,
  goal: `≤ ${goal} ms`,
  measured: `${measured.toFixed(1)} ms`,
  ratio,
  met: measured <= goal,
});

function commitAsUser(root: string, number: number): number {
  writeFileSync(join(root, 'part0', 'file0.txt'), `changed ${number}\n`);
  return timedSync(() => {
    git(root, ['add', '-A']);
    git(root, ['commit', '-qm', `change ${number}`]);
  });
}
