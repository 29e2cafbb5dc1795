import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { openStudy, type StudyChoice } from '../adapters/files/openStudy.ts';
import { findScript } from '../adapters/scripts/findScript.ts';
import { readFit, type FitLengths } from '../adapters/scripts/readFit.ts';
import { languageOf } from '../model/modelFile.ts';
import { codeOf } from '../model/notebook.ts';
import type { Lengths, Study } from '../study/study.ts';

/**
 * Opens a study as the project trains it: epochs and batch that nobody has said yet are read from
 * the call of `fit` in its training script, without running it.
 */
export async function openAsTrained(path: string, choice?: StudyChoice): Promise<Study> {
  const study = await openStudy(path, choice);
  const { modelPath, config, lengths } = study;
  if (config.train !== undefined) return config.train.includes('{epochs}') ? study : unasked(study);
  if (!lengths || isSaid(lengths) || languageOf(modelPath) === null) return study;
  const script = await findScript(modelPath);
  const fit = script === null ? null : readFit(codeOf(script, await readFile(script, 'utf8')));
  return script === null || fit === null ? study : asFitted(study, lengths, { ...fit, script });
}

const isSaid = ({ epochs, batchSize }: Lengths): boolean => epochs !== null && batchSize !== null;

/** A command that is not told how long to train knows it by itself. */
const unasked = ({ lengths: _lengths, ...study }: Study): Study => study;

function asFitted(
  study: Study,
  lengths: Lengths,
  { script, line, ...fit }: FitLengths & { readonly script: string },
): Study {
  const source = `${basename(script)}, line ${line}`;
  const read = (['epochs', 'batchSize'] as const).filter(
    (key) => lengths[key] === null && fit[key] !== null,
  );
  return {
    ...study,
    config: { ...study.config, ...Object.fromEntries(read.map((key) => [key, fit[key]])) },
    lengths: { ...lengths, ...Object.fromEntries(read.map((key) => [key, source])) },
  };
}
