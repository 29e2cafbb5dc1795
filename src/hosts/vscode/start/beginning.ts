import { exportModel } from '../attempt/exportModel.ts';
import { makeSmaller } from '../attempt/makeSmaller.ts';
import type { Beginning } from '../host.ts';
import { setUp } from '../setUp/setUp.ts';
import { newModel } from './newModel.ts';
import { openExample } from './openExample.ts';
import { showIdeas } from './showIdeas.ts';

/** Entry of the bundle of what is asked for now and then: it is read when it is. */
export const beginning: Beginning = {
  exportModel,
  makeSmaller,
  newModel,
  openExample,
  setUp,
  showIdeas,
};
