import type { Form, FormSlot } from './form.ts';

/** What the curves of a log go by. */
export type Axis = 'epoch' | 'step' | 'row';

/** What the numbers of a form are used for. */
export interface Use {
  /** The counter of the axis; `null`: the line belongs to the one before it. */
  readonly counter: FormSlot | null;
  /** Where its values are those of steps inside an epoch: the step, if it says which. */
  readonly step: FormSlot | null;
  readonly isStep: boolean;
  /** Its values are of the batches of an evaluation: their mean is that of the epoch. */
  readonly isOfBatches: boolean;
  /** Of its values in one epoch the first counts: what opened the next one is missing. */
  readonly isFirstOnly?: boolean;
  /** Every epoch has two of its lines, each of the part of the data that stands before it. */
  readonly isDoubled?: boolean;
  /** It opens an epoch or a step, and reports nothing. */
  readonly isHeading: boolean;
  /** Epoch numbers have fractions: each lies in the epoch that ends at the next whole one. */
  readonly isFractional: boolean;
  /** Series names, and the number each is. */
  readonly keys: readonly string[];
  readonly slots: readonly FormSlot[];
  /** A running mean: its last value in an epoch is that of the epoch. */
  readonly isRunning: readonly boolean[];
}

/** Why nobody can tell for sure what the lines of a log report; `null` where it is clear. */
export type Doubt =
  | 'its counter goes to and fro, as that of several trainings does'
  | 'it tells the batches of an evaluation, and no training';

/** How a log is read: what its grammar was found to be. */
export interface Plan {
  readonly axis: Axis;
  /** The way of writing of most of its lines. */
  readonly style: string;
  /** Its epochs are opened by lines of their own. */
  readonly isHeaded: boolean;
  /** What stands in brackets behind the name of a part of the data counts batches, not epochs. */
  readonly hasBatchesInBrackets: boolean;
  /** Lines of the batches of an evaluation: none of their steps is one of the training. */
  readonly evaluations: ReadonlySet<Form>;
  /** Lines without a counter that stand before the line that counts them. */
  readonly ahead: ReadonlySet<Form>;
  /** Forms that tell of runs of their own, and of no second pass; the least epoch of each. */
  readonly formsOfRuns: ReadonlyMap<Form, number>;
  /** Lines on which a training begins anew inside its first epoch. */
  readonly freshStarts: ReadonlySet<number>;
  /** The lines of two trainings take turns: what is whose cannot be told. */
  readonly isInterleaved: boolean;
  /** Why it cannot be told for sure what its lines report. */
  readonly doubt: Doubt | null;
  /** Commas are decimal ones. */
  readonly hasDecimalCommas: boolean;
  readonly uses: ReadonlyMap<Form, Use>;
}

/**
 * Lines without a bar, of the whole epoch, have said all that the bar says: it is of the next one.
 */
export function isToldWithout(
  { keys, counter }: Use,
  told: ReadonlySet<Form>,
  { uses }: Plan,
): boolean {
  if (counter !== null) return false;
  const said = [...told].flatMap((form) => {
    const use = form.isBar ? undefined : uses.get(form);
    return use && !use.isStep ? use.keys : [];
  });
  return keys.every((key) => said.includes(key));
}

/** Lines that people read, and not rows of a table or objects. */
export const isText = ({ style }: Form): boolean =>
  style === 'epoch lines' || style === 'Python dicts';

/** A use that reports nothing. */
export const unused = (use: Use): Use => ({ ...use, keys: [], slots: [], isRunning: [] });
