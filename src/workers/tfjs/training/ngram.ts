import { sizeOf, type ArrayData, type Part } from '../data/types.ts';

/** So many numbers before a place tell what follows. */
const CONTEXT = 3;
const FEWEST_STEPS = 4;
const FEWEST_CLASSES = 5;
/** Probabilities that are kept at once. */
const MOST_VALUES = 2e7;

/**
 * Probabilities of the classes by counts of what followed the last one, two and three inputs in the
 * training part, each backed by the shorter one; `null` where inputs are not numbers of the same
 * kind as the classes (a text's characters). Source: Witten & Bell, 1991; Jelinek & Mercer, 1980.
 */
export function ngramProbabilities(data: ArrayData): Float64Array | null {
  const sizes = sizesOf(data);
  if (!sizes) return null;
  const counts = new Map<string, Followers>();
  const places = eachPlace(sizes);
  for (const place of places(data.train))
    for (const key of place.contexts) remember(counts, key, place.target);
  const values = new Float64Array(data.validation.rows * sizes.width * sizes.classes);
  let at = 0;
  for (const { contexts } of places(data.validation)) {
    fill(values.subarray(at, at + sizes.classes), contexts, counts);
    at += sizes.classes;
  }
  return values;
}

interface Sizes {
  readonly steps: number;
  readonly classes: number;
  /** Targets of a row: one at each step, or one behind the last. */
  readonly width: number;
}

interface Followers {
  readonly times: Map<number, number>;
  all: number;
}

function sizesOf({ inputs, outputs, train, validation }: ArrayData): Sizes | null {
  const [input, ...others] = inputs;
  const [output, ...more] = outputs;
  if (!input || !output || others.length + more.length > 0) return null;
  const { units: classes, width, task } = output;
  const steps = sizeOf(input.shape);
  const fits =
    task === 'classification' &&
    input.shape.length === 1 &&
    steps >= FEWEST_STEPS &&
    classes >= FEWEST_CLASSES &&
    (width === steps || width === 1) &&
    validation.rows * width * classes <= MOST_VALUES &&
    train.inputs.every((value) => Number.isInteger(value) && value >= 0 && value < classes);
  return fits ? { steps, classes, width } : null;
}

interface Place {
  /** From none of the inputs before to {@link CONTEXT} of them. */
  readonly contexts: readonly string[];
  readonly target: number;
}

/** The targets of a part in their order, each with what stood before it. */
const eachPlace = ({ steps, width }: Sizes) =>
  function* (part: Part): Generator<Place> {
    for (let index = 0; index < part.rows * width; index += 1) {
      const row = Math.floor(index / width);
      const end = row * steps + (width === 1 ? steps : (index % width) + 1);
      const known = Math.min(CONTEXT, end - row * steps);
      yield {
        contexts: Array.from({ length: known + 1 }, (_, length) =>
          part.inputs.slice(end - length, end).join(),
        ),
        target: part.targets[index] ?? 0,
      };
    }
  };

function remember(counts: Map<string, Followers>, key: string, target: number): void {
  const followers = counts.get(key) ?? { times: new Map<number, number>(), all: 0 };
  followers.times.set(target, (followers.times.get(target) ?? 0) + 1);
  followers.all += 1;
  counts.set(key, followers);
}

/** Each context takes as much from the shorter one as it has seen different followers. */
function fill(
  values: Float64Array,
  contexts: readonly string[],
  counts: ReadonlyMap<string, Followers>,
): void {
  values.fill(1 / values.length);
  for (const key of contexts) {
    const followers = counts.get(key);
    if (!followers) return;
    const kinds = followers.times.size;
    const all = followers.all + kinds;
    values.forEach((value, at) => {
      values[at] = ((followers.times.get(at) ?? 0) + kinds * value) / all;
    });
  }
}
