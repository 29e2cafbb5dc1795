import type { TrainingLog } from '../log/trainingLog.ts';
import type { ModelFile } from '../model/modelFile.ts';
import type { Study } from '../study/study.ts';

/** The files of a study, read only. */
export interface StudyFiles {
  readModel(study: Study): Promise<ModelFile>;
  /** The study's log, parsed; `null` when there is none. */
  readLog(study: Study): Promise<TrainingLog | null>;
}
