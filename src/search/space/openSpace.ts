import { fingerprint } from '../../model/fingerprint.ts';
import type { ModelSyntax } from '../../ports/modelSyntax.ts';
import { openContext } from '../../propose/operators/operatorContext.ts';
import { markError } from '../marks/markError.ts';
import type { Mark } from '../marks/mark.ts';
import type { Configuration } from './dimension.ts';
import { readSpace, type BuilderSpace } from './readSpace.ts';
import { Realiser, type SpaceState, type Written } from './realiser.ts';
import { Space } from './space.ts';
import { conditionOf, writableOf } from './writable.ts';

/** What is searched: all there is, or what was marked alone. */
export type SpaceScope = 'everything' | 'marked';

interface Asked {
  /** To train on; `null` where nobody knows. */
  readonly rows: number | null;
  readonly marks: readonly Mark[];
  readonly scope: SpaceScope;
}

/**
 * The space of a builder with its marks, as far as it can be written. A number that a mark moves is
 * searched by the mark alone. Throws for a mark that moves nothing of the model.
 */
export function openSpace(
  state: SpaceState,
  { rows, marks, scope }: Asked,
  syntax: ModelSyntax,
): { readonly builder: BuilderSpace; readonly realiser: Realiser } {
  const read = readSpace(openContext(state), rows, marks);
  const realiser = new Realiser(state, read, syntax);
  const moved = new Set(marks.flatMap((mark) => movedBy(mark, state, { read, realiser, rows })));
  const names = new Set(marks.map(({ dimension }) => dimension.name));
  const kept = read.space.dimensions.filter(
    ({ name }) => names.has(name) || (scope === 'everything' && !moved.has(name)),
  );
  const space = writableOf(new Space(kept), realiser);
  return { builder: { ...read, space }, realiser };
}

interface Opened {
  readonly read: BuilderSpace;
  readonly realiser: Realiser;
  readonly rows: number | null;
}

/** Names of what the builder's own dimensions begin with elsewhere once a mark is written. */
function movedBy(
  mark: Mark,
  state: SpaceState,
  { read: { space, marks }, realiser, rows }: Opened,
): readonly string[] {
  const others = marks.map(({ dimension }) => dimension);
  const condition = conditionOf(mark.dimension, others) ?? {};
  const [before, after] = [condition, { ...condition, ...elsewhere(mark) }].map((values) =>
    realiser.write(values),
  );
  if (!before || !after || 'unfit' in before || 'unfit' in after) return [];
  if (
    isOutside(mark, state) &&
    fingerprint(before.architecture) === fingerprint(after.architecture)
  )
    throw markError(
      mark.line,
      `${mark.dimension.name} changes nothing of what the builder builds.`,
    );
  const again = readSpace(contextOf(state, after), rows).space;
  return space.dimensions.flatMap(({ name, initial }) => {
    const now = again.dimension(name)?.initial;
    return now !== undefined && now !== initial ? [name] : [];
  });
}

/** The mark at another value than the one it has. */
function elsewhere({ dimension }: Mark): Configuration {
  const { name, initial } = dimension;
  if (dimension.kind !== 'categorical')
    return { [name]: dimension.low === initial ? dimension.high : dimension.low };
  return { [name]: dimension.choices.find((choice) => choice !== initial) ?? initial };
}

/** Neither in the builder nor in a helper of it, in a study whose command does not run it all. */
const isOutside = ({ start }: Mark, { study, architecture }: SpaceState): boolean =>
  study.config.train === undefined &&
  ![architecture.builder.range, ...(architecture.scope ?? [])].some(
    (range) => range.start <= start && start < range.end,
  );

const contextOf = (state: SpaceState, { text, architecture }: Written) =>
  openContext({ ...state, model: { ...state.model, text }, architecture });
