import type { Work } from '../../../execution/protocol.ts';
import type { BuildData } from './modelChecks.ts';

type Shape = Extract<Work, { type: 'draw' }>['shape'];

/** What data of this shape ask of a model. */
export const askedBy = (shape: Shape): BuildData => ({
  inputs: shape.inputs ?? [{ name: null, shape: shape.inputShape }],
  outputs: shape.outputs ?? [
    {
      name: null,
      task: shape.task,
      shape: shape.outputShape ?? [shape.outputUnits],
      units: shape.outputUnits,
    },
  ],
});
