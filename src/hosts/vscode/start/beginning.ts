import { ablate } from '../attempt/ablate.ts';
import { applyToFile } from '../attempt/applyToFile.ts';
import { exportHistory } from '../attempt/exportHistory.ts';
import { exportModel } from '../attempt/exportModel.ts';
import { makeSmaller } from '../attempt/makeSmaller.ts';
import { branchFrom, checkOut, promote } from '../attempt/takeOut.ts';
import { unseal } from '../attempt/unseal.ts';
import { trackRecordMarkdown } from '../history/trackRecordMarkdown.ts';
import type { Beginning } from '../host.ts';
import { setUp } from '../setUp/setUp.ts';
import { machineRows } from '../machines/machineRows.ts';
import { newModel } from './newModel.ts';
import { openExample } from './openExample.ts';
import { showIdeas } from './showIdeas.ts';

/** Entry of the bundle of what is asked for now and then: it is read when it is. */
export const beginning: Beginning = {
  ablate,
  applyToFile,
  branchFrom,
  checkOut,
  exportHistory,
  exportModel,
  machineRows,
  makeSmaller,
  newModel,
  openExample,
  promote,
  setUp,
  showIdeas,
  trackRecordMarkdown,
  unseal,
};
