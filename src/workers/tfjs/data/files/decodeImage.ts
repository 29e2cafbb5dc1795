import { decode as decodePng, type DecodedPng } from 'fast-png';
import { decode as decodeJpeg } from 'jpeg-js';
import { dataMalformedFile } from '../errors.ts';

/** An image as numbers 0 – 1, rows first, `channels` numbers a point: 1 grey, 3 colours. */
export interface Image {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly values: Float32Array;
}

/** Reads a PNG of any kind or a JPEG; how opaque its points are is left out. */
export function decodeImage(path: string, bytes: Uint8Array): Image {
  try {
    return bytes[0] === JPEG ? ofJpeg(bytes) : ofPng(decodePng(bytes));
  } catch (cause) {
    throw dataMalformedFile(path, {
      happened: cause instanceof Error ? cause.message : String(cause),
      expected: 'a PNG or JPEG image.',
      cause,
    });
  }
}

const JPEG = 0xff;

function ofJpeg(bytes: Uint8Array): Image {
  const { width, height, data } = decodeJpeg(bytes, { useTArray: true, formatAsRGBA: false });
  return { width, height, channels: 3, values: Float32Array.from(data, (value) => value / 255) };
}

function ofPng(png: DecodedPng): Image {
  const { width, height, palette } = png;
  const samples = png.depth < 8 ? unpacked(png) : png.data;
  const points = width * height;
  if (palette) {
    const colours = Float32Array.from({ length: points * 3 }, (_, index) => {
      const colour = palette[samples[Math.floor(index / 3)] ?? 0];
      return (colour?.[index % 3] ?? 0) / 255;
    });
    return { width, height, channels: 3, values: colours };
  }
  const channels = png.channels >= 3 ? 3 : 1;
  const most = 2 ** png.depth - 1;
  const values = Float32Array.from({ length: points * channels }, (_, index) => {
    const point = Math.floor(index / channels);
    return (samples[point * png.channels + (index % channels)] ?? 0) / most;
  });
  return { width, height, channels, values };
}

/** Numbers of less than a byte; each row begins with a byte of its own. */
function unpacked({ data, width, height, depth }: DecodedPng): Uint8Array {
  const perByte = 8 / depth;
  const rowBytes = Math.ceil(width / perByte);
  return Uint8Array.from({ length: width * height }, (_, index) => {
    const [row, column] = [Math.floor(index / width), index % width];
    const byte = data[row * rowBytes + Math.floor(column / perByte)] ?? 0;
    return (byte >> (8 - depth * ((column % perByte) + 1))) & (2 ** depth - 1);
  });
}
