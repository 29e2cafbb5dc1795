/**
 * Curves `c + a·f(u)` of one kind, `u` the epoch as a share of the run: `f` by the two numbers of
 * its shape, each as a place in its range, 0 to 1.
 */
export type CurveFamily = (x: number, y: number) => (u: number) => number;

/**
 * How losses come down: pow4, exp4 and Hill's curve of Domhan, Springenberg, Hutter 2015 (each with
 * an offset), and the logistic curve. No family fits all curves best (Viering & Loog 2022), so a
 * forecast has to hear every one that fits.
 */
export const CURVE_FAMILIES: readonly CurveFamily[] = [
  (x, y) => {
    const exponent = range(0.1, 6, x);
    const shift = 1.5 * y * y;
    return (u) => (u + shift) ** -exponent;
  },
  (x, y) => {
    const pace = range(0.2, 40, x);
    const exponent = range(0.5, 3, y);
    return (u) => Math.exp(-pace * u ** exponent);
  },
  (x, y) => {
    const pace = range(0.3, 30, x);
    const exponent = range(0.4, 5, y);
    return (u) => 1 / (1 + (pace * u) ** exponent);
  },
  (x, y) => {
    const pace = range(2, 30, x);
    const middle = 1.1 * y;
    return (u) => 1 / (1 + Math.exp(pace * (u - middle)));
  },
];

const range = (low: number, high: number, place: number): number => low * (high / low) ** place;
