import type { Value } from '../../../../model/values.ts';
import type { PlacedLayer, PythonReading } from '../read/reading.ts';

type Drafted = PlacedLayer['draft'];

/** It makes one row of what has rows and columns. */
export const isFlatten = ({ draft }: PlacedLayer): boolean =>
  draft.type === 'flatten' || draft.type === 'reshape';

/** Whether one number of each channel is left where a layer reads. */
export function isPooledToOne(layers: readonly PlacedLayer[], { inputs }: PlacedLayer): boolean {
  const [input] = inputs;
  const before = input === undefined ? undefined : layers[input];
  if (!before) return false;
  if (/^global\w+Pooling/.test(before.draft.type)) return true;
  return !isOnGrid(before.draft) && isPooledToOne(layers, before);
}

/** What makes the rows and columns of images fewer or more, whatever else it does to them. */
export const spatial = ({ layers }: PythonReading): string =>
  layers
    .map(({ draft }) => draft)
    .filter((draft) => isOnGrid(draft) && !keepsSize(draft))
    .map(said)
    .join();

const isOnGrid = ({ type }: Drafted): boolean =>
  /[123]d|flatten|reshape/i.test(type) && !/Dropout/.test(type);

const isWindow = ({ type }: Drafted): boolean =>
  /^(conv[123]d|(max|average)Pooling[123]d)$/.test(type);

function said(draft: Drafted): string {
  const { type, arguments: args } = draft;
  if (isWindow(draft)) return `window ${JSON.stringify(windowOf(draft))}`;
  return `${type} ${JSON.stringify(args.map(({ name, value }) => [name, value]))}`;
}

function windowOf(draft: Drafted): Readonly<Record<'size' | 'step' | 'around' | 'apart', unknown>> {
  const isPool = draft.type.includes('Pooling');
  const size = sizeIn(draft, isPool ? 'poolSize' : 'kernelSize') ?? 2;
  return {
    size,
    step: sizeIn(draft, 'strides') ?? (isPool ? size : 1),
    around: sizeIn(draft, 'padding') ?? 0,
    apart: sizeIn(draft, 'dilationRate') ?? 1,
  };
}

function keepsSize(draft: Drafted): boolean {
  if (!isWindow(draft)) return false;
  const { size, step, around, apart } = windowOf(draft);
  if (step !== 1 || apart !== 1) return false;
  return around === '"same"' || (typeof size === 'number' && around === (size - 1) / 2);
}

/** One number where all sides have it; else as it is written. `null`: not said. */
function sizeIn({ arguments: args }: Drafted, name: string): number | string | null {
  const value = args.find((argument) => argument.name === name)?.value;
  if (!value) return null;
  const items = value.kind === 'list' ? value.items : [value];
  const [first] = items;
  const isOne = first?.kind === 'number' && items.every((item) => isSame(item, first));
  if (isOne) return first.value;
  return JSON.stringify(value.kind === 'string' ? value.value : value);
}

const isSame = (a: Value, b: Value): boolean =>
  a.kind === 'number' && b.kind === 'number' && a.value === b.value;
