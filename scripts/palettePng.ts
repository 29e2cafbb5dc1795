import { decode, encode } from 'fast-png';

type Colour = readonly [red: number, green: number, blue: number];

interface Bucket {
  readonly sum: [red: number, green: number, blue: number];
  pixels: number;
}

/** What one byte a pixel can name: colours as they are, and means of what is left. */
const EXACT = 64;
const MEANS = 192;

/**
 * A picture (8 bits, RGB or RGBA without transparency) as a PNG of at most 256 colours, a third of
 * the size. A screen has few colours besides the shades of its letters: those most often seen are
 * kept to the last bit, the others are the mean of their like or the nearest.
 */
export function palettePng(png: Uint8Array): Uint8Array {
  const { width, height, data, channels } = decode(png);
  const pixels = Array.from({ length: width * height }, (_, pixel): Colour => {
    const at = pixel * channels;
    return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
  });
  const palette = paletteOf(pixels);
  const nearest = new Map<number, number>();
  const indexes = pixels.map((colour) => {
    const key = packed(colour, 0);
    const index = nearest.get(key) ?? nearestTo(colour, palette);
    nearest.set(key, index);
    return index;
  });
  return encode(
    {
      width,
      height,
      depth: 8,
      channels: 1,
      data: Uint8Array.from(indexes),
      palette: palette.map((colour) => [...colour]),
    },
    { zlib: { level: 9 } },
  );
}

function paletteOf(pixels: readonly Colour[]): readonly Colour[] {
  const exact = mostSeen(pixels, 0).slice(0, EXACT);
  const kept = new Set(exact.map((colour) => packed(colour, 0)));
  const left = pixels.filter((colour) => !kept.has(packed(colour, 0)));
  return [...exact, ...mostSeen(left, 4).slice(0, MEANS)];
}

/** Means of the colours that are alike without their lowest bits, those most often seen first. */
function mostSeen(pixels: readonly Colour[], withoutBits: number): Colour[] {
  const buckets = new Map<number, Bucket>();
  for (const colour of pixels) {
    const key = packed(colour, withoutBits);
    const bucket = buckets.get(key) ?? { sum: [0, 0, 0], pixels: 0 };
    buckets.set(key, bucket);
    bucket.pixels++;
    for (const channel of [0, 1, 2] as const) bucket.sum[channel] += colour[channel];
  }
  return [...buckets.values()]
    .sort((a, b) => b.pixels - a.pixels)
    .map(({ sum: [red, green, blue], pixels: count }) => [
      Math.round(red / count),
      Math.round(green / count),
      Math.round(blue / count),
    ]);
}

/** The colour as one number, without the lowest bits of each channel. */
const packed = ([red, green, blue]: Colour, withoutBits: number): number =>
  ((red >> withoutBits) << 16) | ((green >> withoutBits) << 8) | (blue >> withoutBits);

function nearestTo(colour: Colour, palette: readonly Colour[]): number {
  const distances = palette.map((other) => distance(colour, other));
  return distances.indexOf(Math.min(...distances));
}

const distance = (a: Colour, b: Colour): number =>
  (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
