import type { BroughtOptimizer, Helper } from '../edits.ts';

/** An optimiser that not every library has: its source comes along, above the builder. */
export interface OwnOptimizer {
  /** As architectures name it, and the function that makes it in TypeScript: `cosineAdam`. */
  readonly type: BroughtOptimizer;
  readonly typescript: string;
  /**
   * A function that gives one of Keras's own, with `optimizers` for `keras.optimizers`; `null`
   * where Keras has a class of that name.
   */
  readonly keras: string | null;
  /** A class, with `torch`; `null` where PyTorch has one of that name. */
  readonly torch: string | null;
}

/** The function of Keras: `cosine_adam`. */
export const functionOf = ({ type }: Pick<OwnOptimizer, 'type'>): string =>
  type.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The class of PyTorch: `CosineAdam`. */
export const optimizerClassOf = ({ type }: Pick<OwnOptimizer, 'type'>): string =>
  type.charAt(0).toUpperCase() + type.slice(1);

/** The source that an edit brings along, under the name it has in that library. */
export const optimizerHelper = (
  own: OwnOptimizer,
  library: 'tfjs' | 'keras' | 'torch',
): Helper => ({
  name: { tfjs: own.type, keras: functionOf(own), torch: optimizerClassOf(own) }[library],
  source: {
    typescript: own.typescript,
    javascript: withoutTypes(own.typescript),
    ...(own.keras !== null && { keras: own.keras }),
    ...(own.torch !== null && { torch: own.torch }),
  },
});

/** The few forms of types that these sources have. */
const TYPES: readonly RegExp[] = [
  /: \{\s[^}]*\}(?=\))/g,
  /\?: (?:boolean|tf\.Variable\[\])/g,
  /: tf\.[\w.]+(?:\[\])?(?: \| null)?(?=[,;) ])/g,
  /: \(\) => tf\.Scalar/g,
  /<string, tf\.Variable>/g,
  / as tf\.\w+/g,
  /\boverride /g,
];

const withoutTypes = (source: string): string =>
  TYPES.reduce((text, type) => text.replaceAll(type, ''), source);

/** How the method of a class begins that takes a step in the place of TensorFlow.js's own. */
export const MINIMIZE = `override minimize(
      f: () => tf.Scalar,
      returnCost?: boolean,
      variables?: tf.Variable[],
    ): tf.Scalar | null {`;
