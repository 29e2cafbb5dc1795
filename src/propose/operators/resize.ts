import type { Layer } from '../../model/architecture.ts';
import { number } from '../../model/values.ts';
import { countParameters } from '../../model/lens/lens.ts';
import { describe, type Network, sizedLayers, widthOf, withArgument } from './network.ts';
import type { Idea } from './operator.ts';
import { inferShapes } from '../../model/lens/shapes.ts';
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
export function resizeIdeas(network: Network, resizing: Resizing): readonly Idea[] {
  const layers = sizedLayers(network).filter((layer) =>
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
