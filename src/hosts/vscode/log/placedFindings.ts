import type { Diagnosis, Finding } from '../../../log/diagnosis.ts';
import { FINDING_MEANINGS } from '../../../log/meaning.ts';

/** A finding and the line of the editor it stands at, 0-based. */
export interface PlacedFinding {
  readonly finding: Finding;
  /**
   * Where it begins, or the last line that proves it where it has no beginning; the first of the
   * file where no line does.
   */
  readonly line: number;
  /** The other lines that prove it. */
  readonly others: readonly number[];
}

/** Where the findings of a log stand in its editor. */
export const placeFindings = ({ findings }: Diagnosis): readonly PlacedFinding[] =>
  findings.map((finding) => {
    const lines = finding.lines.map((line) => line - 1);
    const line = (finding.onsetEpoch === null ? lines.at(-1) : lines[0]) ?? 0;
    return { finding, line, others: lines.filter((other) => other !== line) };
  });

/** `run 2 of 3`. */
export const runName = ({ index, count }: Diagnosis['run']): string => `run ${index} of ${count}`;

/** `overfitting since epoch 9`. */
export const shortName = ({ kind, onsetEpoch }: Finding): string =>
  FINDING_MEANINGS[kind].name.toLowerCase() +
  (onsetEpoch === null ? '' : ` since epoch ${onsetEpoch}`);
