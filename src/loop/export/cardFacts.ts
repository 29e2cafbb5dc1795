import type { ExportChoice } from '../../model/formats/exportFormat.ts';
import type { TrainedModel } from '../../model/trainedModel.ts';
import type { Attempt } from '../../record/attempt.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { DataProfile } from '../../record/dataProfile.ts';
import { validationUse, type ValidationUse } from '../../judge/validationUse.ts';
import { noiseAround } from '../../study/noiseFloor.ts';
import { numberName } from '../../study/lineage.ts';
import type { Study } from '../../study/study.ts';
import type { StudySession } from '../studySession.ts';
import type { Exported } from './exported.ts';

/** Everything that a model card says. */
export interface CardFacts {
  readonly study: Study;
  readonly summary: AttemptSummary;
  readonly attempt: Attempt;
  readonly model: TrainedModel;
  readonly choice: ExportChoice;
  readonly exported: Exported;
  /** `null` where a command of the user's own trained. */
  readonly data: DataProfile | null;
  readonly noise: number | null;
  readonly use: ValidationUse;
  /** What openings of the sealed part said of this attempt. */
  readonly openings: readonly string[];
  /** `#3`, by an attempt's id. */
  readonly nameOf: (id: string) => string;
}

/** Gathers them from the study's records. */
export async function cardFacts(
  session: StudySession,
  own: Pick<CardFacts, 'summary' | 'model' | 'choice' | 'exported' | 'data'>,
): Promise<CardFacts> {
  const { history, study } = session;
  const opened = history.filter(
    ({ kind, verdict, parents }) =>
      kind === 'unsealing' && verdict === 'inconclusive' && parents[0] === own.summary.id,
  );
  const openings = await Promise.all(opened.map(({ id }) => session.attempt(id)));
  return {
    ...own,
    study,
    attempt: await session.attempt(own.summary.id),
    noise: noiseAround(history)(own.summary),
    use: validationUse(history, own.summary),
    openings: openings.map(({ verdict }) => verdict.text),
    nameOf: (id) => numberName(id, history),
  };
}
