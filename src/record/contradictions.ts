/** An objective as it is written, before it is known to make sense beside the others. */
interface Written {
  readonly metric: string;
  readonly direction: 'minimize' | 'maximize';
  readonly limit?: number | undefined;
  readonly tolerance?: number | undefined;
}

/** Where a list of objectives contradicts itself, and what was expected there. */
interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly expected: string;
}

/** What no attempt could ever fulfil, or says two things at once. */
export const contradictionsIn = (objectives: readonly Written[]): readonly Contradiction[] =>
  objectives.flatMap((own, index) => {
    const earlier = objectives.slice(0, index);
    return [
      ...optimisedTwice(own, earlier).map((expected) => ({ path: [index, 'metric'], expected })),
      ...limitsApart(own, earlier).map((expected) => ({ path: [index, 'limit'], expected })),
      ...(own.limit !== undefined && own.tolerance !== undefined
        ? [
            {
              path: [index, 'tolerance'],
              expected: 'expected either a limit, which is held, or a tolerance, to optimise with',
            },
          ]
        : []),
    ];
  });

function optimisedTwice(own: Written, earlier: readonly Written[]): readonly string[] {
  const twin = earlier.find(({ metric, limit }) => metric === own.metric && limit === undefined);
  if (!twin || own.limit !== undefined) return [];
  return [
    twin.direction === own.direction
      ? `expected each metric to be optimised once; ${own.metric} stands twice`
      : `expected one direction for ${own.metric}, which an earlier objective is to ` +
        twin.direction,
  ];
}

/** An upper limit below a lower one leaves no value. */
function limitsApart(own: Written, earlier: readonly Written[]): readonly string[] {
  const { limit } = own;
  if (limit === undefined) return [];
  return earlier.flatMap((other) => {
    if (other.metric !== own.metric || other.limit === undefined) return [];
    if (other.direction === own.direction)
      return [`expected one limit of this kind for ${own.metric}; another is ${other.limit}`];
    const [high, low] = own.direction === 'minimize' ? [limit, other.limit] : [other.limit, limit];
    const both = `at least ${low} and at most ${high} cannot be`;
    return high < low ? [`expected limits that ${own.metric} can keep: ${both}`] : [];
  });
}
