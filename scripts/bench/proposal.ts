import { withEngine } from './engine.ts';
import type { Row } from './row.ts';

const goal = 300;

/**
 * Milliseconds from the diagnosis of the log to the first offline proposal before the user's eyes,
 * checked by building it.
 */
export async function bench(): Promise<Row[]> {
  let diagnosedAt = 0;
  let proposedAt = 0;
  const host = {
    onEvent: ({ kind }: { readonly kind: string }): void => {
      if (kind === 'diagnosed') diagnosedAt = performance.now();
    },
    reviewer: {
      review: () => {
        proposedAt = performance.now();
        return Promise.resolve({ kind: 'dismissed' } as const);
      },
    },
  };
  await withEngine(host, async ({ engine, modelPath, configure }) => {
    await configure({ epochs: 1, seeds: 1 });
    const study = await engine.openStudy(modelPath);
    await engine.improve(study, {
      rounds: 1,
      baselineCheck: 'skip',
      wish: null,
      seed: 1,
      signal: new AbortController().signal,
    });
  });
  if (proposedAt === 0) throw new Error('No proposal came to review.');
  const ms = proposedAt - diagnosedAt;
  return [
    {
      figure: 'first offline proposal after the log is read',
      goal: `≤ ${goal} ms`,
      measured: `${ms.toFixed(0)} ms`,
      ratio: (ms / goal).toFixed(2),
      met: ms <= goal,
    },
  ];
}
