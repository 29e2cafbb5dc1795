import { joined } from './dialect.ts';
import type { Dialect, Factory } from './dialect.ts';

const FACTORIES: Readonly<Record<string, Factory>> = {
  input: { kind: 'input' },
  'layers.input': { kind: 'input' },
  sequential: { kind: 'sequential' },
  model: { kind: 'model' },
};

/** Other spellings of the same factory. */
const TYPE_OF_ALIAS: Readonly<Record<string, string>> = {
  avgPool1d: 'averagePooling1d',
  avgPooling1d: 'averagePooling1d',
  avgPool2d: 'averagePooling2d',
  avgPooling2d: 'averagePooling2d',
  avgPool3d: 'averagePooling3d',
  avgPooling3d: 'averagePooling3d',
  maxPool1d: 'maxPooling1d',
  maxPool2d: 'maxPooling2d',
  maxPool3d: 'maxPooling3d',
  globalMaxPool1d: 'globalMaxPooling1d',
  globalMaxPool2d: 'globalMaxPooling2d',
};

/** Its packages; those that draw and ready-made models are others. */
const RUNTIME = /^@tensorflow\/tfjs(?!-vis|-models)/;

/** Names as TensorFlow.js has them. */
export const tfjsDialect: Dialect = {
  importPath({ module, member, name }) {
    if (!RUNTIME.test(module) && name !== 'tf') return null;
    return member === null || member === 'default' || member === 'tf' ? '' : member;
  },
  wellKnown: { tf: '' },
  factory(path) {
    const type = /^layers\.([a-z]\w*)$/.exec(path)?.[1];
    return (
      FACTORIES[path] ??
      (type === undefined ? null : { kind: 'layer', type: TYPE_OF_ALIAS[type] ?? type, given: [] })
    );
  },
  valuePath: (path) => path,
  argumentName: (name) => name,
  positional: () => [],
  text: (_argument, value) => value,
  applyMethod: 'apply',
};

/** The tfjs path of a layer type. */
export const layerPath = (type: string): string => joined('layers', type);
