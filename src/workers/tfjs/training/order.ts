interface Named {
  readonly name: string | null;
}

/**
 * For each of the model's inputs or outputs which of the data's it is: by name where the data's
 * have the model's names, else in order.
 */
export function orderOf(data: readonly Named[], model: readonly string[]): readonly number[] {
  const byName = model.map((name) => data.findIndex((each) => each.name === name));
  return byName.length === data.length && byName.every((place) => place >= 0)
    ? byName
    : data.map((_, index) => index);
}

/** What an output or input is called in logs and sentences. */
export const nameOf = ({ name }: Named, index: number): string => name ?? `output${index + 1}`;
