import type { ArchitectureEdit, LayerSpec } from '../edits.ts';
import { dendriticGate } from './dendriticGate.ts';
import { essence } from './essence.ts';
import { expertMixture } from './expertMixture.ts';
import { fastWeights } from './fastWeights.ts';
import { feedback } from './feedback.ts';
import { fourierFeatures } from './fourierFeatures.ts';
import { kWinners } from './kWinners.ts';
import { lateralInhibition } from './lateralInhibition.ts';
import { classOf, helperOf, type OwnLayer } from './ownLayer.ts';
import { positionCodes } from './positionCodes.ts';
import { selfAttention } from './selfAttention.ts';
import { snake } from './snake.ts';
import { spectralMixing } from './spectralMixing.ts';

/** Every layer whose source Cortex brings along. */
export const OWN_LAYERS: readonly OwnLayer[] = [
  kWinners,
  lateralInhibition,
  feedback,
  dendriticGate,
  expertMixture,
  fourierFeatures,
  snake,
  spectralMixing,
  fastWeights,
  selfAttention,
  positionCodes,
];

/** The layer of that type; `null` for those of a library. */
export const ownLayer = (type: string): OwnLayer | null =>
  OWN_LAYERS.find((own) => own.type === type) ?? null;

/** The layers an edit writes whose source has to come along. */
export function ownLayersIn(edit: ArchitectureEdit): readonly OwnLayer[] {
  const types = [...new Set(specsIn(edit).map(({ type }) => type))];
  return types.flatMap((type) => ownLayer(type) ?? []);
}

function specsIn(edit: ArchitectureEdit): readonly LayerSpec[] {
  switch (edit.kind) {
    case 'replaceLayer':
      return [edit.with];
    case 'insertLayers':
      return edit.layers;
    case 'addBranch':
      return [...edit.layers, edit.merge];
    default:
      return [];
  }
}

/**
 * The layer that a function (TypeScript, JavaScript) or class (Python) of that name makes, where
 * its source is still the one that was brought along: names of imports, quotes and spaces may
 * differ.
 */
export function ownLayerMadeBy(name: string, source: string): OwnLayer | null {
  const own = OWN_LAYERS.find((layer) => layer.type === name || classOf(layer) === name);
  if (!own) return null;
  const written = essence(source);
  const sources = [...Object.values(helperOf(own, 'javascript').source)].map(essence);
  return sources.some((known) => known === written) ? own : null;
}
