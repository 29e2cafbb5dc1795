/** What a parameter takes of the data: a shape, one of its sizes (`axis`), a number of units. */
export type OfData =
  { readonly of: 'inputShape'; readonly axis: 0 | 1 | -1 | null } | { readonly of: 'outputUnits' };

const inputShape = (axis: 0 | 1 | -1 | null): OfData => ({ of: 'inputShape', axis });

const BY_NAME: readonly (readonly [RegExp, OfData])[] = [
  [/^(input_?shape|in_?shape|shape|x_?shape|feature_?shape|input_?dims)$/i, inputShape(null)],
  [/^(input_?|image_?)?height$/i, inputShape(0)],
  [/^(input_?|image_?)?width$/i, inputShape(1)],
  [/^(input_?|image_?)?channels$/i, inputShape(-1)],
  [
    /^(num_?features|n_?features|feature_?count|input_?(dim|size|units|length|nodes)|num_?inputs|state_?size|max_?len)$/i,
    inputShape(-1),
  ],
  [
    /^(num_?classes|n_?classes|number_?of_?classes|num_?of_?classes|classes|class_?count|output_?(units|size|dim|nodes)|num_?outputs|num_?labels|num_?actions)$/i,
    { of: 'outputUnits' },
  ],
];

/** What a parameter takes by its name; `null` where the data say nothing of it. */
export const ofDataByName = (name: string): OfData | null =>
  BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? null;
