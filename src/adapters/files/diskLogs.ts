import { diagnose, diagnoseEach } from '../../log/diagnose.ts';
import type { Logs } from '../../ports/logs.ts';
import { editorLines } from './editorLines.ts';
import { followLog } from './followLog.ts';
import { showsEpochs } from './logGlance.ts';
import { followByPattern, patternBeside } from './patternBeside.ts';
import { readLog } from './readLog.ts';
import { readRuns } from './readLogFile.ts';

/** Reads logs in this thread. */
export const diskLogs: Logs = {
  read: readLog,
  watch: followLog,
  diagnose: async (path, options) =>
    diagnose(await readLog(path, { ...options, ...(await patternBeside(path)) })),
  follow: (path, options) =>
    diagnoseEach(
      options.lines === 'editor' ? followLog(path, options) : followByPattern(path, options),
    ),
  runs: readRuns,
  showsEpochs,
  editorLines,
};
