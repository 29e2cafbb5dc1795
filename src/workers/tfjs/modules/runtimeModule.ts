const KEY = 'cortex.runtime';

/**
 * URLs under which user code finds the runtime in use, whatever `@tensorflow/tfjs*` package it
 * names.
 */
export const RUNTIME_URL = {
  import: 'cortex:runtime-module',
  require: 'cortex:runtime-commonjs',
} as const;

/** Source text of those modules: every name of the runtime, and the runtime as the default. */
export interface RuntimeSources {
  readonly module: string;
  readonly commonjs: string;
}

/** Puts the runtime where the sources find it. */
export function runtimeSources(tf: object): RuntimeSources {
  const names = Object.keys(tf).filter((name) => name !== 'default' && name !== '__esModule');
  const shared = Object.freeze(
    Object.assign(Object.create(null) as object, tf, { default: tf, __esModule: true }),
  );
  Object.defineProperty(globalThis, Symbol.for(KEY), { value: shared, configurable: true });
  const lookup = `globalThis[Symbol.for(${JSON.stringify(KEY)})]`;
  const exported = names.map(
    (name, index) =>
      `const n${index} = tf[${JSON.stringify(name)}]; export { n${index} as ` +
      `${JSON.stringify(name)} };`,
  );
  return {
    commonjs: `module.exports = ${lookup};`,
    module: `const tf = ${lookup};\nexport default tf.default;\n${exported.join('\n')}`,
  };
}

/**
 * An import that must mean the runtime in use. TensorFlow's own packages keep finding each other.
 */
export const meansRuntime = (specifier: string, parentPath: string | null): boolean =>
  /^@tensorflow\/tfjs(?:[-/]|$)/.test(specifier) &&
  parentPath !== null &&
  !/[\\/]node_modules[\\/]@tensorflow[\\/]/.test(parentPath);
