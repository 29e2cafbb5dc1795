import type { Study } from './study.ts';

/** Who says what stands in the study file. */
export const STUDY_FILE_SAYS = 'cortex.json';
/** Who says what was learned from a run of the user's script. */
export const RUN_SAYS = 'one run of the script';

/** Nobody says how many epochs the user trains: what the default shows says little of theirs. */
export const isLengthGuessed = ({ lengths }: Pick<Study, 'lengths'>): boolean =>
  lengths !== undefined && lengths.epochs === null;

/**
 * How long trials train and who says so, in a sentence for people; `null` where they wrote it
 * themselves, or were told when their script was run.
 */
export function lengthsText({ config, lengths }: Pick<Study, 'config' | 'lengths'>): string | null {
  if (!lengths) return null;
  const { epochs, batchSize } = lengths;
  if (isTold(epochs) && isTold(batchSize)) return null;
  const [own, rows] = [`${config.epochs} epochs`, `batches of ${config.batchSize}`];
  if (epochs === batchSize)
    return epochs === null
      ? guessed(`${own}, ${rows}`)
      : `Trains ${own}, ${rows}, as in ${epochs}.`;
  const parts = [said(own, epochs), said(rows, batchSize)].join(', ');
  return epochs === null || batchSize === null ? guessed(parts) : `Trains ${parts}.`;
}

const isTold = (source: string | null): boolean =>
  source === STUDY_FILE_SAYS || source === RUN_SAYS;

const said = (length: string, source: string | null): string =>
  source === null ? length : `${length} (${source})`;

const guessed = (parts: string): string =>
  `Trains ${parts}: no call of fit was found that says otherwise. If you train otherwise, write ` +
  '"epochs" and "batchSize" in cortex.json.';
