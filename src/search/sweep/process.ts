import { choleskyOf, solveLower, solveUpper, triangleOf, type Triangle } from './cholesky.ts';
import { shared, type FeatureReader, type Features } from './features.ts';

const NOISE = 0.05;

/** What a covariance is made of: how far alike reaches, and the part of plain counts. */
interface Kernel {
  readonly reach: number;
  readonly linear: number;
}

const REACHES = [0.7, 1.4, 2.8];
const LINEAR = [0, 1];

/** What is known, one target an input. */
interface Known {
  readonly inputs: readonly Features[];
  readonly targets: readonly number[];
}

/** What a process says of a place. */
interface Prediction {
  readonly mean: number;
  /** What `deviation` cannot be above. */
  readonly mostDeviation: number;
  /** Takes far longer to tell than the rest. */
  readonly deviation: () => number;
}

/** A Gaussian process with the likeliest kernel of a few. */
export class GaussianProcess {
  readonly #reader: FeatureReader;
  readonly #inputs: readonly Features[];
  readonly #fitted: Fitted;

  constructor(reader: FeatureReader, { inputs, targets }: Known) {
    this.#reader = reader;
    this.#inputs = inputs;
    const distances = pairs(inputs, (a, b) => reader.distance(a, b));
    const shares = pairs(inputs, shared);
    this.#fitted = REACHES.flatMap((reach) => {
      const bells = distances.map((distance) => bell(reach, distance));
      return LINEAR.map((linear) => fit({ reach, linear }, { bells, shares, targets }));
    }).reduce((top, each) => (each.likelihood > top.likelihood ? each : top));
  }

  predict(at: Features): Prediction {
    const { kernel, triangle, weights } = this.#fitted;
    const covariances = this.#inputs.map((input) => this.#covariance(kernel, input, at));
    const own = this.#covariance(kernel, at, at);
    return {
      mean: product(covariances, weights),
      mostDeviation: Math.sqrt(Math.max(1e-9, own)),
      deviation: () => {
        const explained = solveLower(triangle, covariances);
        return Math.sqrt(Math.max(1e-9, own - product(explained, explained)));
      },
    };
  }

  #covariance({ reach, linear }: Kernel, a: Features, b: Features): number {
    return bell(reach, this.#reader.distance(a, b)) + linear * shared(a, b);
  }
}

const bell = (reach: number, distance: number): number => Math.exp(-distance / (2 * reach * reach));

/** Of all pairs; see {@link at}. */
const pairs = (
  inputs: readonly Features[],
  of: (a: Features, b: Features) => number,
): readonly number[] =>
  inputs.flatMap((a, index) => inputs.slice(0, index + 1).map((b) => of(a, b)));

/** Where a pair stands: the lower half of a matrix, row by row. */
const at = (row: number, column: number): number => (row * (row + 1)) / 2 + column;

interface Fitted {
  readonly kernel: Kernel;
  readonly triangle: Triangle;
  readonly weights: Float64Array;
  readonly likelihood: number;
}

interface Pairs {
  readonly bells: readonly number[];
  readonly shares: readonly number[];
  readonly targets: readonly number[];
}

function fit(kernel: Kernel, { bells, shares, targets }: Pairs): Fitted {
  const { linear } = kernel;
  const size = targets.length;
  const matrix = triangleOf(size, (row, column) => {
    const pair = at(row, column);
    return (bells[pair] ?? 0) + linear * (shares[pair] ?? 0) + (row === column ? NOISE : 0);
  });
  const triangle = choleskyOf(matrix);
  const weights = solveUpper(triangle, solveLower(triangle, targets));
  const likelihood =
    -0.5 * product(targets, weights) -
    targets.reduce((sum, _, index) => sum + Math.log(triangle.cells[index * (size + 1)] ?? 1), 0);
  return { kernel, triangle, weights, likelihood };
}

function product(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}
