import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';

/** Points of the grid on which the running sum's density is carried from look to look. */
const GRID = 401;

/**
 * Two-sided nominal significance levels for repeated looks at a comparison, so that all looks
 * together err at most `alpha`.
 *
 * Lan and DeMets (1983), "Discrete sequential boundaries for clinical trials", with the
 * O'Brien–Fleming-type spending function 4 − 4Φ(z(α/4)/√t), or another, half of it on each side;
 * boundaries by the recursion of Armitage, McPherson and Rowe (1969). Used on the t scale by the
 * significance-level approach (Jennison and Turnbull 2000, chapter 11).
 *
 * @param looks ascending sample sizes at which the data are looked at; the last one is the most
 * there can be
 */
export function nominalLevels(
  looks: readonly number[],
  alpha: number,
  spending: Spending = obrienFleming,
): readonly number[] {
  const last = looks.at(-1) ?? 1;
  let spent = 0;
  let state: Density | null = null;
  let before = 0;
  return looks.map((look) => {
    const time = look / last;
    const density = state ? advance(state, time - before) : firstDensity(time);
    const budget = spending(time, alpha) - spent;
    const bound = boundaryOf(density, budget, time);
    [state, before, spent] = [within(density, bound, time), time, spent + budget];
    return 2 * (1 - phi(bound));
  });
}

/** How much of `alpha` may be spent until a share `time` of the seeds is there. */
type Spending = (time: number, alpha: number) => number;

/** Spends early: Lan and DeMets' Pocock-type function, α ln(1 + (e − 1) t). */
export const pocock: Spending = (time, alpha) => alpha * Math.log(1 + (Math.E - 1) * time);

/**
 * Between Pocock's and O'Brien and Fleming's: α t^ρ, nearer to the former (ρ = 1.25), for what is
 * large is to be found with few seeds. Kim and DeMets (1987), "Design and analysis of group
 * sequential tests based on the type I error spending rate function".
 */
export const kimDeMets: Spending = (time, alpha) => alpha * time ** 1.25;

/** Probability density of the running sum at evenly spaced points −reach … reach. */
interface Density {
  readonly reach: number;
  readonly values: Float64Array;
}

const phi = (z: number): number => normalCdf(z, 0, 1);
const pdf = (x: number, sd: number): number =>
  Math.exp(-0.5 * (x / sd) ** 2) / (sd * Math.sqrt(2 * Math.PI));

const obrienFleming: Spending = (time, alpha) =>
  4 - 4 * phi(normalQuantile(1 - alpha / 4, 0, 1) / Math.sqrt(time));

const points = ({ reach }: Pick<Density, 'reach'>): Float64Array =>
  Float64Array.from({ length: GRID }, (_, i) => -reach + (2 * reach * i) / (GRID - 1));

function firstDensity(time: number): Density {
  const reach = 8 * Math.sqrt(time);
  return { reach, values: points({ reach }).map((x) => pdf(x, Math.sqrt(time))) };
}

/**
 * Convolves what is still undecided with the next increment, of variance `step`; trapezoid rule.
 */
function advance(state: Density, step: number): Density {
  const sd = Math.sqrt(step);
  const reach = state.reach + 6 * sd;
  const from = points(state);
  const weights = state.values.map((value, i) => value * (i === 0 || i === GRID - 1 ? 0.5 : 1));
  const width = (2 * state.reach) / (GRID - 1);
  return {
    reach,
    values: points({ reach }).map(
      (x) => convolvedAt(x, { from, weights, step }) * width * pdf(0, sd),
    ),
  };
}

/**
 * Up to the constant of the normal density. A plain loop: these are the 401 × 401 steps of every
 * look.
 */
function convolvedAt(
  x: number,
  {
    from,
    weights,
    step,
  }: { readonly from: Float64Array; readonly weights: Float64Array; readonly step: number },
): number {
  const scale = -0.5 / step;
  let sum = 0;
  for (let i = 0; i < GRID; i++)
    sum += (weights[i] ?? 0) * Math.exp(scale * (x - (from[i] ?? 0)) ** 2);
  return sum;
}

/** The z value beyond which (both sides) the density holds `mass`, by bisection. */
function boundaryOf(density: Density, mass: number, time: number): number {
  const distances = points(density).map(Math.abs);
  let [low, high] = [0, 12];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (tailMass(density, distances, middle * Math.sqrt(time)) > mass) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Mass beyond ±bound, with the cells that the bound cuts taken in part. */
function tailMass({ reach, values }: Density, distances: Float64Array, bound: number): number {
  const width = (2 * reach) / (GRID - 1);
  let sum = 0;
  for (let i = 0; i < GRID; i++)
    sum +=
      (values[i] ?? 0) *
      Math.min(1, Math.max(0, ((distances[i] ?? 0) + width / 2 - bound) / width)) *
      width;
  return sum;
}

function within(density: Density, bound: number, time: number): Density {
  const reach = Math.min(density.reach, bound * Math.sqrt(time));
  const width = (2 * density.reach) / (GRID - 1);
  const values = points({ reach }).map((x) => {
    const position = (x + density.reach) / width;
    const index = Math.min(GRID - 2, Math.max(0, Math.floor(position)));
    const share = position - index;
    return (density.values[index] ?? 0) * (1 - share) + (density.values[index + 1] ?? 0) * share;
  });
  return { reach, values };
}
