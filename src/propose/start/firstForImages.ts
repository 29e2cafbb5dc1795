import {
  averageOfPlaces,
  convolve2d,
  dense,
  dropout,
  flatten,
  normalize,
  plainSketch,
  pool2d,
} from './layers.ts';
import type { FirstModel } from './sketch.ts';

interface Facts {
  readonly shape: readonly [number, number, number];
  readonly rows: number;
  readonly classes: number;
}

/** First models of pictures: those of numbers stand behind a single output without classes. */
export function ofImages(facts: Facts): readonly FirstModel[] {
  return [convolutions(facts), residual(facts), separable(facts)];
}

const said = ({ shape, rows, classes }: Facts): string =>
  `${rows.toLocaleString('en')} pictures of ${shape.join('×')}` +
  (classes > 0 ? ` in ${classes} classes` : '');

const output = ({ classes }: Facts): 'classes' | 'numbers' => (classes > 0 ? 'classes' : 'numbers');

/** As often as a picture can be halved and still has four points a side, three times at most. */
const halvings = ({ shape: [height, width] }: Facts): number =>
  Math.max(1, Math.min(3, Math.floor(Math.log2(Math.min(height, width) / 4))));

const filters = (block: number): number => 16 * 2 ** block;

function convolutions(facts: Facts): FirstModel {
  const blocks = Array.from({ length: halvings(facts) }, (_, block) => [
    convolve2d(filters(block)),
    pool2d,
  ]).flat();
  return {
    name: 'convolutions',
    title: `${halvings(facts)} convolutions with pooling, and a hidden layer`,
    reason:
      `${said(facts)}: a small filter is moved over all places, so what was learned at one is ` +
      'known at every other; pooling lets things stand a little aside.',
    source:
      'LeCun, Bottou, Bengio & Haffner, Gradient-Based Learning Applied to Document ' +
      'Recognition, 1998',
    confidence: 0.5,
    sketch: plainSketch([...blocks, flatten, dense(64), dropout(0.2)], output(facts)),
  };
}

function residual(facts: Facts): FirstModel {
  const width = 32;
  return {
    name: 'residual-convolutions',
    title: 'A residual block of convolutions, and the average of all places',
    reason:
      `${said(facts)}: normalised convolutions with a shortcut around them train evenly, and the ` +
      'average of all places has few weights to learn by heart.',
    source: 'He et al., Deep Residual Learning for Image Recognition, 2015 (arXiv 1512.03385)',
    confidence: facts.rows >= 5000 ? 0.6 : 0.35,
    sketch: plainSketch(
      [
        convolve2d(width),
        pool2d,
        convolve2d(width),
        normalize('batch'),
        convolve2d(width),
        normalize('batch'),
        averageOfPlaces,
      ],
      output(facts),
      {
        shortcuts: [
          { from: 1, to: 3 },
          { from: 3, to: 5 },
        ],
      },
    ),
  };
}

function separable(facts: Facts): FirstModel {
  return {
    name: 'separable-convolutions',
    title: 'Separable convolutions and the average of all places',
    reason:
      `${said(facts)}: each channel is filtered by itself and then mixed, with a tenth of the ` +
      'weights, for devices and for little data.',
    source:
      'Chollet, Xception: Deep Learning with Depthwise Separable Convolutions, 2017 ' +
      '(arXiv 1610.02357)',
    confidence: facts.rows < 300 ? 0.4 : 0.25,
    sketch: plainSketch(
      [
        convolve2d(16),
        pool2d,
        convolve2d(32, 'separableConv2d'),
        normalize('batch'),
        convolve2d(64, 'separableConv2d'),
        averageOfPlaces,
      ],
      output(facts),
    ),
  };
}
