import type { StudyReader } from './studyReader.ts';
import { openingsIn } from '../../record/kinds.ts';
import { currentBest } from '../../study/lineage.ts';
import { validationUse } from '../../judge/validationUse.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { TrackBy } from '../../study/trackRecord.ts';
import { sortedTrack } from '../../search/trackTable.ts';
import { placeOf, type Study } from '../../study/study.ts';
import { attemptDocuments } from './attemptDocument.ts';
import { objectivesOf } from '../../record/objectives.ts';

/** The JSON form of a study's history: the given attempts, and what all of it comes to. */
export async function historyDocument(
  reader: StudyReader,
  study: Study,
  attempts: readonly AttemptSummary[],
) {
  const history = await reader.history(study);
  const best = currentBest(history, objectivesOf(study.config));
  return {
    study: study.name,
    branch: placeOf(study),
    attempts: await attemptDocuments(reader, study, attempts),
    validationUse: best && validationUse(history, best),
    openings: openingsIn(history),
    trackRecord: {
      operators: trackDocument(history, 'operator'),
      proposers: trackDocument(history, 'proposer'),
    },
  };
}

/** What {@link historyDocument} comes to. */
export type HistoryDocument = Awaited<ReturnType<typeof historyDocument>>;

const trackDocument = (history: readonly AttemptSummary[], by: TrackBy) =>
  sortedTrack(history, by).map(
    ([
      name,
      { tries, better, worse, invalid, rejected, meanPredicted, meanObserved, calibration },
    ]) => ({
      name,
      tried: tries,
      hits: better,
      worse,
      failed: invalid,
      rejected,
      meanPredicted,
      meanObserved,
      calibration: calibration && { ...calibration, bins: [...calibration.bins] },
    }),
  );
