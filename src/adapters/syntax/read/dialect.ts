import type { NamedValue } from '../../../model/values.ts';
import type { ImportBinding } from '../code/code.ts';

/** What a name of the runtime library makes. */
export type Factory =
  /**
   * `given`: arguments that the factory's name implies (PyTorch's `Tanh` is an activation layer).
   */
  | { readonly kind: 'layer'; readonly type: string; readonly given: readonly NamedValue[] }
  | { readonly kind: 'input' }
  | { readonly kind: 'sequential' }
  | { readonly kind: 'model' };

/** How one language's library names things; everything is turned into tfjs's names. */
export interface Dialect {
  /**
   * Path inside the runtime library (`''` for the library itself, `layers.dense`), or `null` for an
   * import of something else.
   */
  importPath(binding: ImportBinding): string | null;
  /** Names that mean the runtime when nothing in the file binds them. */
  readonly wellKnown: Readonly<Record<string, string>>;
  /** What calling `path` makes; `null` for other calls (`regularizers.l2`). */
  factory(path: string): Factory | null;
  /** tfjs's path of a call inside a value: `optimizers.Adam` → `train.adam`. */
  valuePath(path: string): string;
  /** tfjs's name of a keyword argument. */
  argumentName(name: string, path: string): string;
  /** tfjs's names of the positional arguments of `path`. */
  positional(path: string): readonly string[];
  /**
   * tfjs's spelling of a string given to an argument: `mean_squared_error` → `meanSquaredError`.
   */
  text(argument: string, value: string): string;
  /** How a layer is called on a tensor: a method, or the layer itself. */
  readonly applyMethod: string | null;
}

/** Joins two parts of a path. */
export const joined = (path: string, member: string): string =>
  path === '' ? member : `${path}.${member}`;
