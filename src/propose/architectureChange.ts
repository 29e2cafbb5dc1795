import { diffArrays } from 'diff';
import { formatNumber } from '../record/format.ts';
import type { Architecture, CompileCall, Layer } from '../model/architecture.ts';
import { valueText } from '../model/canonicalValues.ts';
import { isActivation, isWeighted } from './operators/layerKinds.ts';

/**
 * What a change does to the architecture, by topic; the names are the words a consistency check
 * looks for.
 */
export type ChangeTopic =
  | 'dropout'
  | 'batch-normalization'
  | 'layer-normalization'
  | 'width'
  | 'depth'
  | 'activation'
  | 'regularization'
  | 'initializer'
  | 'convolution'
  | 'pooling'
  | 'residual'
  | 'learning-rate'
  | 'optimizer'
  | 'loss'
  | 'other';

/** One operation read off a change. */
export interface ArchitectureChange {
  readonly topic: ChangeTopic;
  /** `adds dropout`, `dense units: 16 → 64`. */
  readonly text: string;
}

/**
 * The operations that lead from one architecture to another, read off their layers and `compile`
 * alone.
 */
export function architectureChanges(
  before: Architecture,
  after: Architecture,
): readonly ArchitectureChange[] {
  const changes: ArchitectureChange[] = [];
  let [old, now] = [0, 0];
  for (const part of diffArrays(
    before.layers.map(({ type }) => type),
    after.layers.map(({ type }) => type),
  )) {
    const was = part.added ? [] : before.layers.slice(old, old + part.count);
    const is = part.removed ? [] : after.layers.slice(now, now + part.count);
    changes.push(...layerChanges(was, is));
    old += was.length;
    now += is.length;
  }
  return [...changes, ...compileChanges(before.compile, after.compile)];
}

/**
 * Equally many on both sides: the same layers with other arguments; else layers that came or went.
 */
function layerChanges(was: readonly Layer[], is: readonly Layer[]): readonly ArchitectureChange[] {
  if (was.length > 0 && is.length > 0)
    return was.flatMap((layer, index) => argumentChanges(layer, is[index] ?? layer));
  return [
    ...is.map((layer) => ({ topic: topicOf(layer), text: `adds ${layer.type}` })),
    ...was.map((layer) => ({ topic: topicOf(layer), text: `removes ${layer.type}` })),
  ];
}

function topicOf(layer: Layer): ChangeTopic {
  const { type } = layer;
  if (/dropout|noise/i.test(type)) return 'dropout';
  if (type === 'batchNormalization') return 'batch-normalization';
  if (type === 'layerNormalization') return 'layer-normalization';
  if (/pool/i.test(type)) return 'pooling';
  if (/conv/i.test(type)) return 'convolution';
  if (type === 'add') return 'residual';
  if (isActivation(layer)) return 'activation';
  return isWeighted(layer) ? 'depth' : 'other';
}

/** The topic of an argument, by its tfjs name. */
const TOPIC_OF_ARGUMENT: Readonly<Record<string, ChangeTopic>> = {
  units: 'width',
  filters: 'width',
  activation: 'activation',
  rate: 'dropout',
  kernelRegularizer: 'regularization',
  biasRegularizer: 'regularization',
  activityRegularizer: 'regularization',
  kernelInitializer: 'initializer',
  biasInitializer: 'initializer',
  kernelSize: 'convolution',
  poolSize: 'pooling',
};

function argumentChanges(before: Layer, after: Layer): readonly ArchitectureChange[] {
  const names = new Set([...before.arguments, ...after.arguments].map(({ name }) => name));
  return [...names].flatMap((name) => {
    const [was, is] = [before, after].map((layer) => textOf(layer, name));
    if (was === is || name === 'name' || name === 'seed') return [];
    return [
      {
        topic: TOPIC_OF_ARGUMENT[name] ?? 'other',
        text: `${before.type} ${name}: ${was ?? 'none'} → ${is ?? 'none'}`,
      },
    ];
  });
}

function textOf(layer: Layer, name: string): string | null {
  const argument = layer.arguments.find((other) => other.name === name);
  return argument ? valueText(argument.value) : null;
}

function compileChanges(
  before: CompileCall | null,
  after: CompileCall | null,
): readonly ArchitectureChange[] {
  const [oldOptimizer, newOptimizer] = [before?.optimizer ?? null, after?.optimizer ?? null];
  const [oldLoss, newLoss] = [before?.loss, after?.loss].map((loss) =>
    loss ? valueText(loss) : 'none',
  );
  const rates = [oldOptimizer, newOptimizer].map((optimizer) => optimizer?.learningRate ?? null);
  const swapped = oldOptimizer?.type !== newOptimizer?.type;
  return [
    ...(swapped
      ? [
          {
            topic: 'optimizer' as const,
            text: `optimizer ${oldOptimizer?.type ?? 'none'} → ${newOptimizer?.type ?? 'none'}`,
          },
        ]
      : []),
    ...(!swapped && rates[0] !== rates[1]
      ? [
          {
            topic: 'learning-rate' as const,
            text:
              'learning rate ' +
              rates.map((rate) => (rate === null ? 'default' : formatNumber(rate))).join(' → '),
          },
        ]
      : []),
    ...(oldLoss === newLoss
      ? []
      : [{ topic: 'loss' as const, text: `loss ${oldLoss ?? ''} → ${newLoss ?? ''}` }]),
  ];
}
