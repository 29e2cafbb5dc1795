import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { acceptEverything } from '../../../src/loop/acceptEverything.ts';
import { changeStudy } from '../../../test/vscode/workspace.ts';
import { withEngine } from '../engine.ts';
import type { Row } from '../row.ts';
import { CHARACTERS } from './orderedTasks.ts';

const rounds = 6;
const { signal } = new AbortController();
const host = { reviewer: acceptEverything, onEvent: () => undefined };

/**
 * From a plain LSTM on the characters of a text, a few rounds of improving under its number of
 * parameters; what is best is held against it on the sealed end of the text.
 */
export const characterRow = (): Promise<Row> =>
  withEngine(host, async ({ engine, folder }) => {
    const own = join(folder, 'sealed-characters');
    const path = await CHARACTERS.write(join(own, 'data'));
    const survey = await engine.surveyData({ path }, signal);
    const place = join(own, 'characters-model');
    await engine.newModel({
      ...{ survey, language: 'typescript', folder: place, choose: null, signal },
    });
    await writeFile(join(place, 'model.ts'), CHARACTERS.plain);
    await changeStudy(place, CHARACTERS.config);
    const first = await engine.train(await engine.openStudy(place), { retrain: null, signal });
    await changeStudy(place, { limits: { parameters: first.parameters ?? 0 } });
    const study = await engine.openStudy(place);
    const { best } = await engine.improve(study, {
      ...{ rounds, baselineCheck: 'skip', wish: null, seed: 1, signal },
    });
    const { record } = await engine.unseal(study, best.id, signal);
    const [comparison] = (await engine.attempt(study, record.id)).verdict.comparisons;
    const [low = NaN, high = NaN] = comparison?.interval ?? [];
    return {
      figure: `characters: the best of ${rounds} rounds against an LSTM of its size, sealed part`,
      goal: 'below it, interval below 0',
      measured:
        `${best.title}: ${(comparison?.meanDifference ?? NaN).toFixed(4)} ` +
        `(${low.toFixed(4)} to ${high.toFixed(4)}), ` +
        `${best.parameters ?? '?'} of ${first.parameters ?? '?'} parameters`,
      ratio: '–',
      met: high < 0 && (best.parameters ?? Infinity) <= (first.parameters ?? 0),
    };
  });
