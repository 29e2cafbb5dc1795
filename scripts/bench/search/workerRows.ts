import { readFile, writeFile } from 'node:fs/promises';
import { acceptEverything } from '../../../src/loop/acceptEverything.ts';
import { withEngine } from '../engine.ts';
import type { Row } from '../row.ts';

const TRIALS = 30;
/** So long that asking and telling weigh as much as in a search of a small model. */
const EPOCHS = 60;
const GOAL = 1.8;

/** Real trainings of one search, with one real worker process and with two. */
export async function workerRows(): Promise<readonly Row[]> {
  const alone = await epochsPerSecond(1);
  const together = await epochsPerSecond(2);
  const times = together / alone;
  return [
    {
      figure: `trained epochs a second in a search of ${TRIALS}, two workers`,
      goal: `≥ ${GOAL} times one`,
      measured: `${together.toFixed(1)}, one worker ${alone.toFixed(1)}`,
      ratio: times.toFixed(2),
      met: times >= GOAL,
    },
  ];
}

/** Of the short runs of a search over the learning rate, whose trainings all cost the same. */
function epochsPerSecond(workers: number): Promise<number> {
  const seen: number[] = [];
  const onEvent = ({ kind }: { readonly kind: string }): void => {
    if (kind === 'sweeping') seen.push(performance.now());
  };
  return withEngine(
    { reviewer: acceptEverything, onEvent, workers },
    async ({ engine, modelPath, configure }) => {
      await configure({ epochs: EPOCHS, seeds: workers });
      await markRate(modelPath);
      const { signal } = new AbortController();
      const study = await engine.openStudy(modelPath);
      const { sweep } = await engine.search(study, {
        ...{ trials: TRIALS, scope: 'marked', seed: 1, signal },
      });
      const record = await engine.attempt(study, sweep.id);
      const runs = record.kind === 'sweep' ? record.configurations : [];
      const epochs = runs.reduce((sum, { results: [first] }) => sum + (first?.epochs ?? 0), 0);
      const [from = 0, to = from] = [seen[0], seen.at(-1)];
      return epochs / ((to - from) / 1000);
    },
  );
}

async function markRate(modelPath: string): Promise<void> {
  const text = await readFile(modelPath, 'utf8');
  const rate = /adam\(([\d.e-]+)\)/.exec(text)?.[1];
  if (rate === undefined) throw new Error(`${modelPath} has no learning rate to mark.`);
  const marked = `const RATE = ${rate}; // cortex: 1e-4..0.1 log\n`;
  const own = text.replace(`adam(${rate})`, 'adam(RATE)');
  await writeFile(modelPath, own.replace(/^export function/m, `${marked}\nexport function`));
}
