/** Where something stands on a map, 0–1. */
export type MapPlace = readonly [x: number, y: number];

/** A cell of the map's grid without an attempt; all in units of the map, 0–1. */
export interface UntriedCell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** How far the nearest attempt is: 0 beside one, 1 in the emptiest cell. */
  readonly distance: number;
}

/** The cells of a grid over the map in which nothing was tried. */
export function untriedCells(
  points: readonly MapPlace[],
  columns: number,
  rows: number,
): readonly UntriedCell[] {
  if (points.length === 0) return [];
  const [width, height] = [1 / columns, 1 / rows];
  const cellOf = ([x, y]: MapPlace): number =>
    Math.min(rows - 1, Math.floor(y * rows)) * columns +
    Math.min(columns - 1, Math.floor(x * columns));
  const tried = new Set(points.map(cellOf));
  const empty = Array.from({ length: columns * rows }, (_, index) => index)
    .filter((index) => !tried.has(index))
    .map((index) => {
      const [x, y] = [(index % columns) * width, Math.floor(index / columns) * height];
      return { x, y, width, height, distance: nearest([x + width / 2, y + height / 2], points) };
    });
  const farthest = Math.max(...empty.map(({ distance }) => distance));
  return empty.map((cell) => ({ ...cell, distance: cell.distance / farthest }));
}

const nearest = ([x, y]: MapPlace, points: readonly MapPlace[]): number =>
  points.reduce(
    (least, [px, py]) => Math.min(least, Math.hypot(px - x, py - y)),
    Number.POSITIVE_INFINITY,
  );
