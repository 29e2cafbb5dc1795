import type { Tf } from '../../tf.ts';
import type { Image } from './decodeImage.ts';

/** How much of each colour the eye takes for brightness. Source: ITU-R BT.601. */
const BRIGHTNESS = [0.299, 0.587, 0.114];

/** An image in the shape `[height, width, 1 or 3]`, its size changed between its points. */
export function scaleImage(tf: Tf, image: Image, shape: readonly number[]): Float32Array {
  const [height = 1, width = 1, channels = 1] = shape;
  const values = inChannels(image, channels);
  if (image.height === height && image.width === width) return values;
  return tf.tidy(() => {
    const whole = tf.tensor3d(values, [image.height, image.width, channels]);
    return tf.image.resizeBilinear(whole, [height, width]).dataSync<'float32'>();
  });
}

function inChannels({ values, channels }: Image, wanted: number): Float32Array {
  if (channels === wanted) return values;
  if (wanted === 3)
    return Float32Array.from(
      { length: values.length * 3 },
      (_, index) => values[Math.floor(index / 3)] ?? 0,
    );
  return Float32Array.from({ length: values.length / 3 }, (_, point) =>
    BRIGHTNESS.reduce((sum, share, colour) => sum + share * (values[point * 3 + colour] ?? 0), 0),
  );
}
