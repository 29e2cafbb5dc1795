import type { Helper } from '../edits.ts';
import type { NamedValue } from '../values.ts';

/** A layer as it is written, or is to be. */
export interface Written {
  readonly arguments: readonly NamedValue[];
}

/** A number among the arguments; `null` where it is not written as one. */
export function numberIn({ arguments: args }: Written, name: string): number | null {
  const value = args.find((argument) => argument.name === name)?.value;
  return value?.kind === 'number' ? value.value : null;
}

/**
 * A layer that no library has: its source comes along, above the builder. It acts on the last axis
 * of what it reads (PyTorch too), or on steps and features.
 */
export interface OwnLayer {
  /** As architectures name it, and the function that makes it in TypeScript: `kWinners`. */
  readonly type: string;
  /** TypeScript, with the types written so that {@link helperOf} can leave them out. */
  readonly typescript: string;
  /** With `ops` for `keras.ops` and `layers` for `keras.layers`. */
  readonly keras: string;
  /** With `torch`, `nn` and `F`. */
  readonly torch: string;
  /** PyTorch's class has to be told how wide its input is. */
  readonly statesWidth: boolean;
  /** The width of what it gives for one of `width`; `null` where an argument cannot be read. */
  readonly widthOf: (layer: Written, width: number) => number | null;
  /** Number of weights where it reads `width` numbers; `null` where it cannot be read. */
  readonly weightsOf: (layer: Written, width: number) => number | null;
}

/** What it gives is as wide as what it reads. */
export const asWide = (_layer: Written, width: number): number => width;

/** It has no weights. */
export const noWeights = (): number => 0;

/** A number of weights that follows from one argument and the width. */
export const weightsBy =
  (name: string, count: (value: number, width: number) => number): OwnLayer['weightsOf'] =>
  (layer, width) => {
    const value = numberIn(layer, name);
    return value === null ? null : count(value, width);
  };

/** The class of Keras and PyTorch: `KWinners`. */
export const classOf = ({ type }: Pick<OwnLayer, 'type'>): string =>
  type.charAt(0).toUpperCase() + type.slice(1);

/** The source that an edit brings along; in Python under the name of its class. */
export const helperOf = (layer: OwnLayer, language: 'javascript' | 'python'): Helper => ({
  name: language === 'python' ? classOf(layer) : layer.type,
  source: {
    typescript: layer.typescript,
    javascript: withoutTypes(layer.typescript),
    keras: layer.keras,
    torch: layer.torch,
  },
});

/** The few forms of types that these sources have. */
const TYPES: readonly RegExp[] = [
  /: \{\s[^}]*\}(?=\))/g,
  /: (?:void|number|tf\.[\w.]+(?:\[\])?(?: \| tf\.[\w.]+(?:\[\])?)*)(?=[,;) ])/g,
  / as (?:number|tf\.\w+|\[[^\]]*\])/g,
  /\boverride /g,
];

const withoutTypes = (source: string): string =>
  TYPES.reduce((text, type) => text.replaceAll(type, ''), source);
