const LARGEST = 65_504;

/**
 * Numbers as 16-bit floats (IEEE 754 binary16, little-endian), rounded to nearest, ties to even;
 * what is too large becomes the largest.
 */
export function halfBytes(values: ArrayLike<number>): Uint8Array {
  const halves = new Uint16Array(values.length);
  for (let index = 0; index < values.length; index += 1) halves[index] = halfOf(values[index] ?? 0);
  return new Uint8Array(halves.buffer);
}

/** The numbers behind 16-bit floats. */
export function float32Of(bytes: Uint8Array): Float32Array {
  const halves = new Uint16Array(bytes.slice().buffer);
  return Float32Array.from(halves, numberOf);
}

function halfOf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.min(Math.abs(value), LARGEST);
  if (Number.isNaN(value)) return 0x7e00;
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  const unit = 2 ** (exponent - 10);
  const steps = roundToEven(size / unit);
  return sign | (size < 2 ** -14 ? steps : ((exponent + 15) << 10) + steps - 1024);
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

function numberOf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
