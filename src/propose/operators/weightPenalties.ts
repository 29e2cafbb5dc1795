import type { Layer } from '../../model/architecture.ts';
import { call, number, type Value } from '../../model/values.ts';
import { argumentOf } from '../../model/layerArguments.ts';
import { describeAll, type Network, sizedLayers } from './network.ts';
import type { Idea } from './operator.ts';
import { figure } from './words.ts';

/** A penalty on the weights of a layer, as written: `regularizers.l2({ l2: 1e-4 })`. */
interface Penalty {
  readonly layer: Layer;
  readonly kind: 'l1' | 'l2';
  readonly amount: number;
}

/** The hidden layers whose kernel has an L1 or L2 penalty of a known amount. */
export const penaltiesOf = (network: Network): readonly Penalty[] =>
  sizedLayers(network).flatMap((layer) => penaltyOf(layer) ?? []);

/** The hidden layers whose kernel has no penalty of any kind. */
const unpenalized = (network: Network): readonly Layer[] =>
  sizedLayers(network).filter((layer) => !argumentOf(layer, 'kernelRegularizer'));

/** A penalty as a value to be written. */
const penalty = (kind: Penalty['kind'], amount: number): Value =>
  call(`regularizers.${kind}`, { [kind]: number(amount) });

/** Puts a penalty on the kernels of all layers that have none. */
export function addPenalty(
  network: Network,
  addition: {
    readonly kind: Penalty['kind'];
    readonly amount: number;
    readonly why: string;
    readonly fit: number;
  },
): readonly Idea[] {
  const layers = unpenalized(network);
  if (layers.length === 0) return [];
  const { kind, amount, why, fit } = addition;
  const words = `${kind.toUpperCase()} ${figure(amount)}`;
  return [
    {
      title: `Add ${words} to the weights of ${describeAll(network, layers)}`,
      edits: layers.map((layer) => ({
        kind: 'setArgument',
        layer: layer.index,
        name: 'kernelRegularizer',
        value: penalty(kind, amount),
      })),
      variantKey: words,
      because: `the penalty ${words} on the weights of ${describeAll(network, layers)} ${why}`,
      fit,
    },
  ];
}

/** Multiplies every penalty that is there. */
export function scalePenalties(
  penalties: readonly Penalty[],
  factor: number,
  why: string,
): readonly Idea[] {
  const [first] = penalties;
  if (!first) return [];
  const to = (amount: number): number => Number((amount * factor).toPrecision(2));
  const step = `${first.kind.toUpperCase()} ${figure(first.amount)} → ${figure(to(first.amount))}`;
  return [
    {
      title: `${factor > 1 ? 'Raise' : 'Lower'} the weight penalty ${step}`,
      edits: penalties.map(({ layer, kind, amount }) => ({
        kind: 'setArgument',
        layer: layer.index,
        name: 'kernelRegularizer',
        value: penalty(kind, to(amount)),
      })),
      variantKey: step,
      because: `${step} on ${penalties.length} layer${penalties.length > 1 ? 's' : ''}: ${why}`,
    },
  ];
}

function penaltyOf(layer: Layer): Penalty | null {
  const value = argumentOf(layer, 'kernelRegularizer');
  const kind = value?.kind === 'call' ? value.callee.replace(/^regularizers\./, '') : null;
  if (value?.kind !== 'call' || (kind !== 'l1' && kind !== 'l2')) return null;
  const amount = value.arguments.find(({ name }) => name === kind)?.value;
  return amount?.kind === 'number' ? { layer, kind, amount: amount.value } : null;
}
