import { incumbents, mean, median, type TableGame } from './play.ts';

export const SEEDS = Array.from({ length: 21 }, (_, index) => index + 1);
export const LONGEST = 150;

type How = NonNullable<Parameters<TableGame['search']>[2]>;

/** The mean test accuracy of regularised evolution at 150, and its median evaluations to it. */
export function targetOf(game: TableGame): { readonly target: number; readonly evolved: number } {
  const courses = SEEDS.map((seed) => incumbents(game.evolve(LONGEST, seed)));
  const target = mean(courses.map((course) => course.at(-1) ?? NaN));
  return { target, evolved: median(courses.map((course) => placeOf(course, target))) };
}

/** Median evaluations until what stands best is as good as the target. */
export function evaluationsOf(game: TableGame, target: number, how: How = {}): number {
  const isEnough: How['isEnough'] = (played) => (incumbents(played).at(-1) ?? 0) >= target;
  const courses = SEEDS.map((seed) => incumbents(game.search(LONGEST, seed, { ...how, isEnough })));
  return median(courses.map((course) => placeOf(course, target)));
}

function placeOf(course: readonly number[], target: number): number {
  const place = course.findIndex((test) => test >= target);
  return place === -1 ? Infinity : place + 1;
}
