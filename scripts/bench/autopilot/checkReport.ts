import type { documents } from '../../../src/show/documents/contract.ts';
import type { z } from 'zod';
import { git } from '../../../test/integration/cli/cortex.ts';

export type Report = z.infer<typeof documents.autopilot>;

/** What holding a report against the repository came to. */
export interface Checked {
  readonly lines: number;
  readonly wrong: readonly string[];
}

interface Recorded {
  readonly id: string;
  readonly verdict: {
    readonly kind: string;
    readonly comparisons: readonly {
      readonly meanDifference: number;
      readonly interval: readonly [number, number] | null;
    }[];
  };
}

/** Each attempt of a report against the record in its commit, and that against the branch. */
export async function checkReport(folder: string, { studies }: Report): Promise<Checked> {
  const lines = studies.flatMap(({ branch, cycles, promotions }) => [
    ...cycles.flatMap(({ attempts }) =>
      attempts.map((attempt) => ({
        name: attempt.id,
        holds: () => isRecorded(folder, branch, attempt),
      })),
    ),
    ...promotions.map((promotion) => ({
      name: `promotion of ${promotion.attempt}`,
      holds: () => isPromoted(folder, promotion),
    })),
  ]);
  const wrong: string[] = [];
  for (const { name, holds } of lines) if (!(await holds())) wrong.push(name);
  return { lines: lines.length, wrong };
}

type Study = Report['studies'][number];

async function isRecorded(
  folder: string,
  branch: string,
  { id, commit, verdict, effect }: Study['cycles'][number]['attempts'][number],
): Promise<boolean> {
  const onBranch = (await git(folder, 'rev-list', branch)).split('\n');
  const text = await git(folder, 'show', `${commit}:.cortex/attempt.json`);
  const record = JSON.parse(text) as Recorded;
  const [compared] = record.verdict.comparisons;
  return (
    onBranch.includes(commit) &&
    record.id === id &&
    record.verdict.kind === verdict &&
    compared?.meanDifference === effect?.mean &&
    JSON.stringify(compared?.interval) === JSON.stringify(effect?.interval)
  );
}

const isPromoted = async (
  folder: string,
  { attempt, commit }: Study['promotions'][number],
): Promise<boolean> =>
  (await git(folder, 'log', '-1', '--format=%B', commit ?? 'HEAD')).includes(
    `Cortex-Attempt: ${attempt}`,
  );
