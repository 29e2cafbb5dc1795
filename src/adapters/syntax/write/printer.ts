import type { LayerSpec, OptimizerSpec } from '../../../model/edits.ts';
import { ownLayer } from '../../../model/ownLayers/ownLayers.ts';
import { ownOptimizer } from '../../../model/ownOptimizers/ownOptimizers.ts';
import type { NamedValue, Value } from '../../../model/values.ts';
import { cannotEditError } from '../errors.ts';
import { joined } from '../read/dialect.ts';
import type { Reading } from '../read/reading.ts';
import { layerPath } from '../read/tfjsDialect.ts';
import type { SourceStyle } from './sourceStyle.ts';
import { CALLED_WITHOUT_ARGUMENTS } from './calledWithoutArguments.ts';

const LONGEST_LINE = 120;

/** Prints values and calls as the surrounding code would have them. */
export class Printer {
  readonly style: SourceStyle;
  readonly #reading: Reading;

  constructor(reading: Reading, style: SourceStyle) {
    this.#reading = reading;
    this.style = style;
  }

  /** How the builder can name something of the runtime; refuses when it cannot. */
  reach(path: string): string {
    const reached = this.#likeNeighbours(path) ?? this.#throughName(path);
    if (reached === null)
      throw cannotEditError(
        `${path === '' ? 'TensorFlow.js' : `\`${path}\` of TensorFlow.js`} has no name in ` +
          `the builder (write \`import * as tf from '@tensorflow/tfjs'\`)`,
      );
    return reached;
  }

  value(value: Value): string {
    switch (value.kind) {
      case 'number':
        return numberText(value.value);
      case 'boolean':
        return String(value.value);
      case 'string':
        return this.#quoted(value.value);
      case 'null':
        return 'null';
      case 'list':
        return `[${value.items.map((item) => this.value(item)).join(', ')}]`;
      case 'call':
        return this.#call(value.callee, value.arguments);
      case 'source':
        return value.text;
    }
  }

  object(args: readonly NamedValue[]): string {
    if (args.length === 0) return '{}';
    const inner = args.map((argument) => this.pair(argument)).join(', ');
    return this.style.spaced ? `{ ${inner} }` : `{${inner}}`;
  }

  pair({ name, value }: NamedValue): string {
    if (name === '...') return `...${this.value(value)}`;
    return value.kind === 'source' && value.text === name ? name : `${name}: ${this.value(value)}`;
  }

  /**
   * A layer's factory call; broken into lines where one would be too long for `indent` and what
   * surrounds it.
   */
  layer(spec: LayerSpec, indent: string, around = 0): string {
    const callee = this.#factory(spec);
    if (spec.arguments.length === 0) return `${callee}(${isCalledWithout(spec) ? '' : '{}'})`;
    const short = `${callee}(${this.object(spec.arguments)})`;
    return indent.length + short.length + around <= LONGEST_LINE
      ? short
      : this.layerInLines(spec, indent);
  }

  layerInLines(spec: LayerSpec, indent: string): string {
    const inner = spec.arguments
      .map((argument) => `${indent}${this.style.indent}${this.pair(argument)}`)
      .join(',\n');
    const comma = this.style.trailingComma ? ',' : '';
    return `${this.#factory(spec)}({\n${inner}${comma}\n${indent}})`;
  }

  /** One of the runtime's, or the function that comes along with the layer. */
  #factory({ type }: LayerSpec): string {
    return ownLayer(type)?.type ?? this.reach(layerPath(type));
  }

  optimizer(spec: OptimizerSpec): string {
    const own = ownOptimizer(spec.type);
    if (own) return `${own.type}(${this.object(settingsOf(spec))})`;
    const rate: NamedValue = { name: '0', value: { kind: 'number', value: spec.learningRate } };
    const momentum: NamedValue[] =
      spec.type === 'momentum' ? [{ name: '1', value: { kind: 'number', value: 0.9 } }] : [];
    return this.#call(`train.${spec.type}`, [rate, ...momentum]);
  }

  #call(callee: string, args: readonly NamedValue[]): string {
    const positional = args
      .filter(({ name }) => /^\d+$/.test(name))
      .map(({ value }) => this.value(value));
    const named = args.filter(({ name }) => !/^\d+$/.test(name));
    if (named.length > 0) positional.push(this.object(named));
    return `${this.reach(callee)}(${positional.join(', ')})`;
  }

  #quoted(text: string): string {
    const { quote } = this.style;
    return (
      quote +
      text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`).replaceAll('\n', '\\n') +
      quote
    );
  }

  /** `tf.layers.` or `L.`, as the other layers have it. */
  #likeNeighbours(path: string): string | null {
    if (!path.startsWith('layers.')) return null;
    for (const { draft } of this.#reading.layers) {
      const callee = draft.call?.callee;
      if (callee?.kind !== 'member' || draft.conditional || draft.type === 'inputLayer') continue;
      const { start, end } = callee.object.span;
      return `${this.#reading.module.text.slice(start, end)}.${path.slice('layers.'.length)}`;
    }
    return null;
  }

  #throughName(path: string): string | null {
    const mentioned = new Set(this.#reading.module.mentions.map(({ name }) => name));
    const candidates = [...this.#reading.scope.names()].flatMap(([name, { meaning }]) => {
      if (meaning.kind !== 'runtime' || name === '*' || name === '') return [];
      const isPart =
        meaning.path === '' || meaning.path === path || path.startsWith(`${meaning.path}.`);
      return isPart ? [{ name, path: meaning.path, used: mentioned.has(name) }] : [];
    });
    if (!this.#reading.scope.find('tf') && mentioned.has('tf'))
      candidates.push({ name: 'tf', path: '', used: true });
    const [best] = candidates.toSorted(
      (a, b) => Number(b.used) - Number(a.used) || b.path.length - a.path.length,
    );
    if (!best) return null;
    return joined(best.name, path.slice(best.path === '' ? 0 : best.path.length + 1)).replace(
      /\.$/,
      '',
    );
  }
}

/** All that an optimiser whose source comes along is told. */
const settingsOf = ({ learningRate, settings = [] }: OptimizerSpec): readonly NamedValue[] => [
  { name: 'learningRate', value: { kind: 'number', value: learningRate } },
  ...settings,
];

const isCalledWithout = ({ type }: LayerSpec): boolean =>
  CALLED_WITHOUT_ARGUMENTS.has(type) || ownLayer(type) !== null;

/** `1e-4` rather than `0.0001`; people write small numbers so. */
export const numberText = (value: number): string =>
  value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : String(value);
