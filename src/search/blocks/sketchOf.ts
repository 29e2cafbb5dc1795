import type { LayerSpec, LibraryOptimizer } from '../../model/edits.ts';
import type { Sketch } from '../../propose/start/sketch.ts';
import type { Configuration } from '../space/dimension.ts';
import { companionLayers, dropoutLayers, endLayers, kindLayers } from './blockLayers.ts';
import { BLOCKS, ofBlock, type InputKind } from './blockSpace.ts';

/** What a network made of blocks is for. */
export interface BlockTask {
  readonly input: InputKind;
  readonly output: Sketch['output'];
}

/** A vector of the space of blocks as a model in no language. */
export function sketchOf(vector: Configuration, { input, output }: BlockTask): Sketch {
  const layers: LayerSpec[] = [];
  const shortcuts: { readonly from: number; readonly to: number }[] = [];
  for (let block = 1; block <= Number(vector[BLOCKS]); block += 1) {
    const isResidual = vector[ofBlock(block, 'kind')] === 'residual';
    if (isResidual) shortcuts.push({ from: layers.length, to: layers.length + 1 });
    layers.push(...blockLayers(vector, block));
  }
  if (input !== 'row') layers.push(...endLayers(input, String(vector['end'])));
  const optimizer = {
    type: vector['optimizer'] as LibraryOptimizer,
    learningRate: Number(vector['learning rate']),
  };
  return { layers, shortcuts, output, optimizer };
}

function blockLayers(vector: Configuration, block: number): readonly LayerSpec[] {
  const said = (what: string): string => String(vector[ofBlock(block, what)]);
  const width = Number(said('width'));
  return [
    ...kindLayers(said('kind'), { width, activation: said('activation') }),
    ...companionLayers(said('normalization'), width),
    ...companionLayers(said('behind'), width),
    ...dropoutLayers(Number(said('dropout'))),
  ];
}
