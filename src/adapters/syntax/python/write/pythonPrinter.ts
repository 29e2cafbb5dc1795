import type { NamedValue, Value } from '../../../../model/values.ts';
import { cannotEditError } from '../../errors.ts';
import { insertion, nextLine } from '../../write/patch.ts';
import type { Patch } from '../../write/patch.ts';
import type { PythonReading } from '../read/reading.ts';
import { kerasClass, snake } from './names.ts';

/** Prints values and names as the surrounding Python has them. */
export class PythonPrinter {
  readonly #reading: PythonReading;
  readonly #quote: "'" | '"';
  readonly #imports = new Set<string>();

  constructor(reading: PythonReading) {
    this.#reading = reading;
    const { text } = reading.module;
    const count = (pattern: RegExp): number => [...text.matchAll(pattern)].length;
    this.#quote = count(/'[^'\n]*'/g) >= count(/"[^"\n]*"/g) ? "'" : '"';
  }

  /** One step of indentation. */
  get indent(): string {
    return /^([\t ]+)\S/m.exec(this.#reading.module.text)?.[1] ?? '    ';
  }

  value(value: Value, argument = ''): string {
    switch (value.kind) {
      case 'number':
        return numberText(value.value);
      case 'boolean':
        return value.value ? 'True' : 'False';
      case 'null':
        return 'None';
      case 'string':
        return this.string(spelled(argument, value.value));
      case 'list': {
        const items = value.items.map((item) => this.value(item, argument));
        return items.length === 1 ? `(${items.join('')},)` : `(${items.join(', ')})`;
      }
      case 'call':
        return this.#call(value.callee, value.arguments);
      case 'source':
        return value.text;
    }
  }

  string(text: string): string {
    return (
      this.#quote +
      text.replaceAll('\\', '\\\\').replaceAll(this.#quote, `\\${this.#quote}`) +
      this.#quote
    );
  }

  /**
   * How the file can name something of the library (`keras.layers.Dense`, `torch.nn.Linear`); an
   * import is added where it cannot yet.
   */
  reach(path: string): string {
    const bound = this.#bound(path);
    if (bound !== null) return bound;
    const [space, name] = splitPath(path);
    if (this.#reading.scope.stars().includes(space)) return name;
    this.#imports.add(path);
    return name;
  }

  /** The imports that what was printed needs. */
  imports(): readonly Patch[] {
    const { module } = this.#reading;
    const { text } = module;
    return [...this.#imports].map((path) => {
      const [space, name] = splitPath(path);
      const root = path.startsWith('torch') ? 'torch' : this.#kerasRoot();
      const line =
        space === ''
          ? `import ${root}\n`
          : `from ${space.replace(/^(keras|torch)/, root)} import ${name}\n`;
      const last = module.statements.findLast(
        ({ kind, span }) => kind === 'import' && span.end <= this.#reading.builder.topLevel.start,
      );
      return insertion(last ? nextLine(text, last.span.end) : 0, line);
    });
  }

  /** `keras` or `tensorflow.keras`, as the file imports it. */
  #kerasRoot(): string {
    const modules = this.#reading.module.statements.flatMap((statement) =>
      statement.kind === 'import' ? statement.bindings.map(({ module }) => module) : [],
    );
    return modules.some((module) => module.startsWith('tensorflow')) ? 'tensorflow.keras' : 'keras';
  }

  #bound(path: string): string | null {
    const names = [...this.#reading.scope.names()].flatMap(([name, value]) =>
      value.kind === 'library' ? [{ name, path: value.path }] : [],
    );
    const fits = names
      .filter((it) => it.path === path || path.startsWith(`${it.path}.`))
      .toSorted((a, b) => b.path.length - a.path.length);
    const [best] = fits;
    if (best) return best.path === path ? best.name : `${best.name}${path.slice(best.path.length)}`;
    const tensorflow = names.find((it) => it.path === 'tf');
    return tensorflow && path.startsWith('keras') ? `${tensorflow.name}.${path}` : null;
  }

  #call(callee: string, args: readonly NamedValue[]): string {
    const path = libraryPathOf(callee);
    if (path === null) throw cannotEditError(`\`${callee}\` has no name in Python`);
    const all = args.map(({ name, value }) =>
      /^\d+$/.test(name) || args.length === 1
        ? this.value(value, name)
        : `${snake(name)}=${this.value(value, name)}`,
    );
    return `${this.reach(path)}(${all.join(', ')})`;
  }
}

/** `regularizers.l2` is `keras.regularizers.l2`, `layers.lstm` is `keras.layers.LSTM`. */
function libraryPathOf(callee: string): string | null {
  if (/^(regularizers|initializers|constraints)\./.test(callee)) return `keras.${callee}`;
  const [, layer] = /^layers\.(\w+)$/.exec(callee) ?? [];
  return layer === undefined ? null : `keras.layers.${kerasClass(layer)}`;
}

const splitPath = (path: string): [string, string] => {
  const dot = path.lastIndexOf('.');
  return [path.slice(0, Math.max(0, dot)), path.slice(dot + 1)];
};

/** Names of activations, initialisers and losses in Keras's spelling. */
const spelled = (argument: string, text: string): string =>
  /(Initializer|ctivation|loss)$/.test(argument) ? snake(text) : text;

/** `1e-4` rather than `0.0001`; people write small numbers so. */
const numberText = (value: number): string =>
  value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : String(value);
