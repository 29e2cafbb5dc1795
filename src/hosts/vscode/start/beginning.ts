import type { Beginning } from '../host.ts';
import { newModel } from './newModel.ts';
import { openExample } from './openExample.ts';

/** Entry of the bundle of what begins with data or with the example. */
export const beginning: Beginning = { newModel, openExample };
