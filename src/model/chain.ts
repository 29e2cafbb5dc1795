import * as z from 'zod';
import type { TrainedModel, Weight } from './trainedModel.ts';

const layerSchema = z.looseObject({
  class_name: z.string(),
  config: z.looseObject({ name: z.string() }),
  inbound_nodes: z.array(z.unknown()).optional(),
});
const layersSchema = z.array(layerSchema);
const topologySchema = z.looseObject({
  config: z.union([layersSchema, z.looseObject({ layers: layersSchema })]),
});

/** A layer of Keras's JSON with its own weights. */
export interface ChainLayer {
  readonly className: string;
  readonly name: string;
  readonly weights: readonly Weight[];
}

/** The layers of a model in which each reads from the one before; `null` for any other. */
export function chainOf({ facts, weights }: TrainedModel): readonly ChainLayer[] | null {
  const layers = layersOf(facts.topology);
  if (!layers || !layers.every((layer, index) => follows(layer, layers[index - 1]))) return null;
  return layers.map(({ class_name: className, config: { name } }) => ({
    className,
    name,
    weights: weights.filter((weight) => `/${weight.name}`.includes(`/${name}/`)),
  }));
}

/** The topology with other widths, by the names of the layers. */
export function withWidths(
  topology: string,
  widths: ReadonlyMap<string, { readonly name: 'units' | 'filters'; readonly value: number }>,
): string {
  const read = JSON.parse(topology) as unknown;
  for (const { config } of layersIn(read) ?? []) {
    const width = widths.get(config.name);
    if (width) config[width.name] = width.value;
  }
  return JSON.stringify(read);
}

function layersOf(topology: string | null): z.infer<typeof layersSchema> | null {
  return topology === null ? null : layersIn(JSON.parse(topology));
}

/** The layers themselves, not copies; `null` where it is no model. */
export function layersIn(topology: unknown): z.infer<typeof layersSchema> | null {
  if (!topologySchema.safeParse(topology).success) return null;
  const { config } = topology as z.infer<typeof topologySchema>;
  return Array.isArray(config) ? config : config.layers;
}

/** A layer of Keras's JSON. */
export type JsonLayer = z.infer<typeof layerSchema>;

/** In a sequence there are no `inbound_nodes`; elsewhere there is one node with one input. */
function follows({ inbound_nodes: nodes = [] }: JsonLayer, before: JsonLayer | undefined): boolean {
  const named = JSON.stringify(nodes).match(/\["[^"]+",\d+,\d+/g) ?? [];
  if (nodes.length === 0) return true;
  return named.length === 1 && named[0]?.startsWith(`["${before?.config.name ?? ''}",`) === true;
}
