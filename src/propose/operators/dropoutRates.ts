import type { Layer } from '../../model/architecture.ts';
import { number } from '../../model/values.ts';
import { numberOf } from '../../model/layerArguments.ts';
import type { Network } from './network.ts';
import type { Idea } from './operator.ts';

/** A dropout layer whose rate is written as a number. */
interface RatedDropout {
  readonly layer: Layer;
  readonly rate: number;
}

/** The hidden dropout layers and their rates. */
export function ratedDropouts(network: Network): readonly RatedDropout[] {
  return network.hidden
    .filter((layer) => layer.type === 'dropout' && layer.inputs.length === 1)
    .map((layer) => ({ layer, rate: numberOf(layer, 'rate') }))
    .filter((dropout): dropout is RatedDropout => dropout.rate !== null);
}

/** Sets all rates at once. */
export function changeRates(
  dropouts: readonly RatedDropout[],
  change: { readonly verb: string; readonly to: (rate: number) => number; readonly why: string },
): Idea {
  const to = (rate: number): number => Number(change.to(rate).toFixed(2));
  const steps = [...new Set(dropouts.map(({ rate }) => `${rate} → ${to(rate)}`))].join(', ');
  return {
    title: `${change.verb} dropout ${steps}`,
    edits: dropouts.map(({ layer, rate }) => ({
      kind: 'setArgument',
      layer: layer.index,
      name: 'rate',
      value: number(to(rate)),
    })),
    variantKey: steps,
    because: `dropout ${steps}: ${change.why}`,
  };
}
