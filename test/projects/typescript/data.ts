const ROWS = 150;

/** Three overlapping clouds of points in four dimensions; always the same. */
export function loadData(): { inputs: number[][]; targets: number[] } {
  let state = 7;
  const random = (): number => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
  const inputs: number[][] = [];
  const targets: number[] = [];
  for (let row = 0; row < ROWS; row += 1) {
    const label = row % 3;
    inputs.push([0, 1, 2, 3].map((column) => (column % 3 === label ? 1 : 0) + random() - 0.5));
    targets.push(label);
  }
  return { inputs, targets };
}
