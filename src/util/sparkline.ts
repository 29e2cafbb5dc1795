const bars = '▁▂▃▄▅▆▇█';

/**
 * A curve as one line of block characters, low to high; gaps and values that are not finite show as
 * a dot. At most `width` characters.
 */
export function sparkline(values: readonly (number | null)[], width = 40): string {
  const shown =
    values.length <= width
      ? values
      : Array.from(
          { length: width },
          (_, i) => values[Math.round((i * (values.length - 1)) / (width - 1))] ?? null,
        );
  const finite = shown.filter((value): value is number => value !== null && Number.isFinite(value));
  const low = Math.min(...finite);
  const range = Math.max(...finite) - low || 1;
  return shown
    .map((value) =>
      value === null || !Number.isFinite(value)
        ? '·'
        : bars[Math.round(((value - low) / range) * (bars.length - 1))],
    )
    .join('');
}
