import { basename } from 'node:path';
import { languageOfModel } from '../../model/modelFile.ts';
import type { ModelFile } from '../../model/modelFile.ts';
import type { Logs } from '../../ports/logs.ts';
import type { StudyFiles } from '../../ports/studyFiles.ts';
import type { Study } from '../../study/study.ts';
import { notesOnLog } from '../../log/notesOnLog.ts';
import type { TrainingLog } from '../../log/trainingLog.ts';
import { diskLogs } from './diskLogs.ts';
import { missingLogError } from './logErrors.ts';
import { readCode } from './readSource.ts';
import { statOrNull } from './system.ts';

/** The files of a study on disk; every read sees them as they are then. */
export class DiskStudyFiles implements StudyFiles {
  private readonly logs: Pick<Logs, 'read'>;

  /** `logs`: what reads a log, which may be in a thread of its own. */
  constructor(logs: Pick<Logs, 'read'> = diskLogs) {
    this.logs = logs;
  }

  async readModel({ modelPath }: Study): Promise<ModelFile> {
    const language = languageOfModel(modelPath);
    return { path: modelPath, language, text: await readCode(modelPath) };
  }

  /**
   * A log that the study file names must be there and readable. One that was only found beside the
   * model is left aside (`null`) when it speaks of another kind of task. What else suggests another
   * run comes as notes.
   */
  async readLog({ logPath, logRun, modelPath, config }: Study): Promise<TrainingLog | null> {
    if (logPath === null) return null;
    const [stats, model] = await Promise.all([statOrNull(logPath), statOrNull(modelPath)]);
    if (!stats && config.log === undefined) return null;
    if (!stats) throw missingLogError(logPath, config.log ?? basename(logPath));
    const log = await this.logs.read(logPath, {
      ...(logRun !== undefined && { run: { preferred: logRun } }),
      ...(config.logPattern !== undefined && { pattern: config.logPattern }),
    });
    const { notes, otherTask } = notesOnLog(log, config, {
      model: basename(modelPath),
      secondsBehind: ((model?.mtimeMs ?? 0) - stats.mtimeMs) / 1000,
    });
    return otherTask && config.log === undefined ? null : { ...log, notes };
  }
}
