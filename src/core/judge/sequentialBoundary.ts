import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';

/** Points of the grid on which the running sum's density is carried from look to look. */
const GRID = 401;

/**
 * Two-sided nominal significance levels for repeated looks at a comparison, so that all looks together err at most `alpha`.
 *
 * Lan and DeMets (1983), "Discrete sequential boundaries for clinical trials", with the O'Brien–Fleming-type spending function
 * 4 − 4Φ(z(α/4)/√t), or another, half of it on each side; boundaries by the recursion of Armitage, McPherson and Rowe (1969). Used on the t scale by the
 * significance-level approach (Jennison and Turnbull 2000, chapter 11).
 *
 * @param looks ascending sample sizes at which the data are looked at; the last one is the most there can be
 */
export function nominalLevels(looks: readonly number[], alpha: number, spending: Spending = obrienFleming): readonly number[] {
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

/** Between Pocock's and O'Brien and Fleming's: α t². Kim and DeMets (1987), "Design and analysis of group sequential tests based on the type I error spending rate function". */
export const kimDeMets: Spending = (time, alpha) => alpha * time ** 2;

/** Probability density of the running sum at evenly spaced points −reach … reach. */
interface Density {
  readonly reach: number;
  readonly values: readonly number[];
}

const phi = (z: number): number => normalCdf(z, 0, 1);
const pdf = (x: number, sd: number): number => Math.exp(-0.5 * (x / sd) ** 2) / (sd * Math.sqrt(2 * Math.PI));

const obrienFleming: Spending = (time, alpha) => 4 - 4 * phi(normalQuantile(1 - alpha / 4, 0, 1) / Math.sqrt(time));

const points = ({ reach }: Pick<Density, 'reach'>): readonly number[] =>
  Array.from({ length: GRID }, (_, i) => -reach + (2 * reach * i) / (GRID - 1));

function firstDensity(time: number): Density {
  const reach = 8 * Math.sqrt(time);
  return { reach, values: points({ reach }).map((x) => pdf(x, Math.sqrt(time))) };
}

/** Convolves what is still undecided with the next increment, of variance `step`. */
function advance(state: Density, step: number): Density {
  const sd = Math.sqrt(step);
  const reach = state.reach + 6 * sd;
  const from = points(state);
  const width = (2 * state.reach) / (GRID - 1);
  const values = points({ reach }).map((x) => from.reduce((sum, u, i) => sum + (state.values[i] ?? 0) * pdf(x - u, sd) * weight(i), 0) * width);
  return { reach, values };
}

/** Trapezoid weights. */
const weight = (i: number): number => (i === 0 || i === GRID - 1 ? 0.5 : 1);

/** The z value beyond which (both sides) the density holds `mass`, by bisection. */
function boundaryOf(density: Density, mass: number, time: number): number {
  let [low, high] = [0, 12];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (tailMass(density, middle * Math.sqrt(time)) > mass) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Mass beyond ±bound, with the cells that the bound cuts taken in part. */
function tailMass(density: Density, bound: number): number {
  const width = (2 * density.reach) / (GRID - 1);
  return points(density).reduce((sum, x, i) => {
    const share = Math.min(1, Math.max(0, (Math.abs(x) + width / 2 - bound) / width));
    return sum + (density.values[i] ?? 0) * share * width;
  }, 0);
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
