import type { Layer } from '../../model/architecture.ts';
import { countParameters } from '../../model/lens/lens.ts';
import { inferShapes } from '../../model/lens/shapes.ts';
import { number } from '../../model/values.ts';
import { defineOperator } from './defineOperator.ts';
import { type Network, describe, tunableLayers, widthOf, withArgument } from './network.ts';
import type { Idea } from './operator.ts';
import { enumerate } from './words.ts';

/** How a resizing operator speaks and scales. */
interface Resizing {
  readonly verb: 'Widen' | 'Narrow';
  readonly factor: number;
  readonly why: string;
  readonly allowed: (width: number) => boolean;
}

/**
 * One idea per hidden layer, and one for all of them together, where the shapes behind still fit.
 */
function resizeIdeas(network: Network, resizing: Resizing): readonly Idea[] {
  const layers = tunableLayers(network).filter((layer) =>
    resizing.allowed(newWidth(layer, resizing)),
  );
  const single = layers.map((layer) => resize(network, [layer], resizing));
  const all = layers.length > 1 ? [resize(network, layers, resizing)] : [];
  return [...all, ...single].filter((idea) => idea !== null);
}

const newWidth = (layer: Layer, { factor }: Resizing): number =>
  Math.round((widthOf(layer)?.value ?? 0) * factor);

function resize(network: Network, layers: readonly Layer[], resizing: Resizing): Idea | null {
  const edits = layers.flatMap((layer) => {
    const width = widthOf(layer);
    return width
      ? [
          {
            kind: 'setArgument',
            layer: layer.index,
            name: width.name,
            value: number(newWidth(layer, resizing)),
          } as const,
        ]
      : [];
  });
  const growth = growthOf(network, layers, resizing);
  if (growth === null) return null;
  const names = enumerate(
    layers.map((layer) => `${describe(network, layer)} to ${newWidth(layer, resizing)}`),
  );
  const place = layers.length > 1 ? 'all hidden layers' : `layer ${layers[0]?.index ?? 0}`;
  return {
    title: `${resizing.verb} ${names}`,
    edits,
    variantKey: `${place}, ×${resizing.factor}`,
    because: `${resizing.why}: ${names}${parametersText(network, growth)}`,
    fit: layers.length > 1 ? 1 : 0.85,
    growth,
  };
}

/**
 * Parameters after / before (1 when they cannot be counted); `null` when the new widths do not fit
 * together.
 */
function growthOf(network: Network, layers: readonly Layer[], resizing: Resizing): number | null {
  let changed = network.architecture;
  for (const name of ['units', 'filters']) {
    changed = withArgument(changed, layers, {
      name,
      value: (layer) => number(newWidth(layer, resizing)),
    });
  }
  if (inferShapes(changed, network.data).includes('impossible')) return null;
  const after = countParameters(changed, network.data);
  return after === null || !network.parameters ? 1 : after / network.parameters;
}

const parametersText = ({ parameters }: Network, growth: number): string =>
  parameters === null ? '' : ` (${parameters} → ${Math.round(parameters * growth)} parameters)`;

const LARGEST = 2048;

/** Twice the units or filters. */
export const widen = defineOperator({
  name: 'widen',
  family: 'width',
  source: 'Zagoruyko & Komodakis, Wide Residual Networks, 2016 (arXiv 1605.07146)',
  answers: {
    underfitting: 0.8,
    plateau: 0.35,
    creeping: 0.2,
    overfitting: -0.7,
    'not-a-number': -0.8,
    divergence: -0.5,
  },
  base: 0.3,
  gain: 0.35,
  ideas: ({ network }) =>
    resizeIdeas(network, {
      verb: 'Widen',
      factor: 2,
      why: 'more features per layer give the model room for what it cannot express yet',
      allowed: (width) => width <= LARGEST,
    }),
});

const SMALLEST = 4;

/** Half the units or filters. */
export const narrow = defineOperator({
  name: 'narrow',
  family: 'width',
  source: 'Geman, Bienenstock & Doursat, Neural Networks and the Bias/Variance Dilemma, 1992',
  answers: {
    overfitting: 0.5,
    'train-validation-gap': 0.3,
    underfitting: -0.9,
    'under-trained': -0.4,
    creeping: -0.4,
  },
  base: 0.12,
  gain: 0.2,
  ideas: ({ network }) =>
    resizeIdeas(network, {
      verb: 'Narrow',
      factor: 0.5,
      why: 'fewer features per layer leave less room to memorise single rows',
      allowed: (width) => width >= SMALLEST,
    }),
});
