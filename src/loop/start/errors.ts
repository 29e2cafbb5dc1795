import { CortexError } from '../../util/errors.ts';

/** A first model of a name that none has. */
export const noSuchModel = (
  name: string,
  models: readonly { readonly name: string }[],
): CortexError =>
  new CortexError({
    code: 'new-no-such-model',
    kind: 'input',
    happened: `There is no first model "${name}" for these data.`,
    expected: `one of: ${models.map((model) => model.name).join(', ')}.`,
    remedy: 'Leave --choose out, and the best of them stays.',
  });

/** None of the first models could be trained. */
export const noneTrains = (why: string): CortexError =>
  new CortexError({
    code: 'new-none-trains',
    kind: 'training',
    happened: `None of the first models could be trained on these data: ${why}`,
    expected: 'at least one that trains.',
    remedy: 'Please report it, with the kind of your data.',
  });
