import { join } from 'node:path';
import { openStudy } from '../../src/adapters/files/openStudy.ts';
import { asBaseline } from '../records.ts';
import { createStore } from '../support/attemptStore.ts';
import { attempt, baselineAttempt } from '../integration/git/helpers.ts';
import type { Session } from './session.ts';

/** Records a baseline, a better attempt on it, and a worse and an inconclusive one on that. */
export async function recordHistory({ folder, modelOnDisk }: Session): Promise<void> {
  const study = await openStudy(join(folder, 'model.ts'));
  const store = createStore();
  const text = await modelOnDisk();
  const own = { study: study.name, config: study.config };
  const baseline = baselineAttempt(0, own);
  const better = attempt(1, { ...own, parents: [baseline.id] });
  const worse = attempt(2, {
    ...own,
    parents: [better.id],
    verdict: { kind: 'worse', text: 'Worse.', comparisons: [] },
  });
  const { proposal } = attempt(3);
  const last = attempt(3, {
    ...own,
    parents: [better.id],
    proposal: { ...proposal, operator: 'widen', proposer: 'user' },
    verdict: { kind: 'inconclusive', text: 'Cannot tell.', comparisons: [] },
  });
  await store.record(study, baseline, text);
  for (const [each, units] of [
    [better, 32],
    [worse, 64],
    [last, 24],
  ] as const)
    await store.record(study, each, text.replace('units: 16', `units: ${units}`));
}

/** Records as many attempts more, each of another depth and width. */
export async function recordArchitectures(
  { folder, modelOnDisk }: Session,
  count: number,
): Promise<void> {
  const study = await openStudy(join(folder, 'model.ts'));
  const store = createStore();
  const text = await modelOnDisk();
  const first = (await store.list(study)).length;
  for (let index = 0; index < count; index++) {
    const units = 8 * (index + 1);
    const hidden = Array.from({ length: 1 + (index % 4) }, () => `dense(units: ${units}) > relu`);
    const each = attempt(first + index, {
      study: study.name,
      config: study.config,
      fingerprint: `flatten > ${hidden.join(' > ')} > dense(units: 10) | adam(learningRate: 0.001)`,
      parameters: 75 * units * hidden.length,
    });
    await store.record(study, each, text.replace('units: 16', `units: ${units}`));
  }
}

/** Records a search of 24 configurations, in which the learning rate made all of the difference. */
export async function recordSearch({ folder, modelOnDisk }: Session): Promise<void> {
  const study = await openStudy(join(folder, 'model.ts'));
  const store = createStore();
  const number = (await store.list(study)).length;
  const { kind: _, ...common } = asBaseline(
    attempt(number, { study: study.name, config: study.config, trials: [] }),
  );
  const configurations = Array.from({ length: 24 }, (_, index) => ({
    values: {
      'learning rate': 10 ** -(1 + (index % 4)),
      'units of dense layer 1': 8 + (index % 5),
    },
    results: [{ epochs: 12, seed: 1, measures: { val_loss: 0.2 + 0.1 * (index % 4) } }],
    failure: null,
  }));
  const asked = { title: 'Search of 24 configurations', reasoning: 'Asked for.' };
  const found = { ...asked, searcher: 'hybrid', configurations };
  await store.record(study, { ...common, ...found, kind: 'sweep' }, await modelOnDisk());
}
