import type { InferredShape } from './shape.ts';

/** Memory of one weight, in bytes: everything is kept as 32-bit floats. */
export const BYTES_A_WEIGHT = 4;

/** `[26, 26, 8]`; unknown sizes are `?`. */
export const shapeText = (shape: InferredShape | readonly (number | null)[]): string =>
  typeof shape === 'string' ? SHAPELESS[shape] : `[${shape.map((size) => size ?? '?').join(', ')}]`;

const SHAPELESS = { unknown: 'shape unknown', impossible: 'cannot be built' } as const;

/** `80 params`, `1,040 params`. */
export const parametersText = (count: number): string => count.toLocaleString('en');

/** Memory of that many weights: `99 KB`, of 1,024 bytes each. */
export function memoryText(parameters: number): string {
  const kilobytes = (parameters * BYTES_A_WEIGHT) / 1024;
  return kilobytes < 1024 ? `${threeDigits(kilobytes)} KB` : `${threeDigits(kilobytes / 1024)} MB`;
}

/** `0.1 MFLOPs`, `820 FLOPs`. */
export function flopsText(flops: number): string {
  const [name, unit] = UNITS.find(([, size]) => flops >= size) ?? ['', 1];
  return `${threeDigits(flops / unit)} ${name}FLOPs`;
}

const UNITS: readonly (readonly [string, number])[] = [
  ['T', 1e12],
  ['G', 1e9],
  ['M', 1e6],
  ['k', 1e3],
];

const threeDigits = (value: number): string =>
  value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(2)));
