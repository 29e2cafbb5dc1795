import type { OperatorContext } from '../../propose/operators/operatorContext.ts';
import { fromUnit, toUnit, type Configuration, type Value } from '../space/dimension.ts';
import { LEARNING_RATE, OPTIMIZER } from '../space/numberLevers.ts';
import { DEPTH, UNUSED } from '../space/operatorLevers.ts';
import { BATCH_SIZE, type BuilderSpace } from '../space/readSpace.ts';
import type { Space } from '../space/space.ts';

/** One change of a starting configuration; nothing where the space does not have it. */
type Change = (space: Space) => Configuration;

/** Deviations of features this far apart ask for one scale. */
const UNEVEN = 10;

/**
 * Where a search begins: the model file as it is, then the defaults of its marks, then what has
 * most often helped small networks, alone and together. What a builder does not offer is left out.
 */
export function portfolio(
  { space, marks }: Pick<BuilderSpace, 'space' | 'marks'>,
  context: OperatorContext,
): readonly Configuration[] {
  const features = context.network.data?.scales?.features;
  const isUneven = features ? features.largest > UNEVEN * features.smallest : false;
  const starts = isUneven ? STARTS.map((changes) => [scaled, ...changes]) : STARTS;
  const defaults = marks.flatMap(({ dimension: { name }, first }) =>
    first === null ? [] : [(): Configuration => ({ [name]: first })],
  );
  const all = [[], defaults, ...starts].map((changes) =>
    space.complete(Object.assign({}, ...changes.map((change) => change(space))) as Configuration),
  );
  return [...new Map(all.map((each) => [space.keyOf(each), each])).values()];
}

const use =
  (operator: string): Change =>
  (space) => {
    const dimension = space.dimension(operator);
    const choice =
      dimension?.kind === 'categorical'
        ? dimension.choices.find((value) => value !== UNUSED)
        : undefined;
    return choice === undefined ? {} : { [operator]: choice };
  };

const times =
  (name: string | RegExp, factor: number): Change =>
  (space) =>
    Object.fromEntries(
      space.dimensions.flatMap((dimension) => {
        const isMeant =
          typeof name === 'string' ? dimension.name === name : name.test(dimension.name);
        if (!isMeant || dimension.kind === 'categorical') return [];
        const moved = fromUnit(dimension, toUnit(dimension, dimension.initial * factor));
        return [[dimension.name, moved] as const];
      }),
    );

const set =
  (name: string, value: Value): Change =>
  (space) => {
    const dimension = space.dimension(name);
    const isThere = dimension?.kind === 'categorical' && dimension.choices.includes(value);
    return isThere ? { [name]: value } : {};
  };

const WIDTHS = /^(units|filters) of/;
const scaled = use('input-normalization');
const faster = times(LEARNING_RATE, 4);
const fastest = times(LEARNING_RATE, 12);
const smallBatch = set(BATCH_SIZE, 16);
const wider = times(WIDTHS, 2);
const adam = set(OPTIMIZER, 'adam');
const deeper = set(DEPTH, 1);
const normalised = use('batch-normalization');

const STARTS: readonly (readonly Change[])[] = [
  [scaled, faster],
  [faster],
  [smallBatch, faster],
  [wider, faster],
  [normalised, faster],
  [fastest],
  [scaled, smallBatch, faster, wider],
  [adam, use('swap-activation'), faster],
  [use('convolution-front'), faster],
  [deeper, wider, faster],
  [use('add-dropout'), wider, faster],
  [smallBatch, wider, fastest],
];
