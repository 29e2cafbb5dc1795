import type { Argument } from '../../../../model/architecture.ts';
import type { Value } from '../../../../model/values.ts';
import { string } from '../../../../model/values.ts';
import type { Span } from '../../code/span.ts';
import type { Lines } from '../../read/lines.ts';
import type { Expression } from '../code/tree.ts';
import { activationOf } from './kerasNames.ts';
import type { Py, GivenValue, Given } from './py.ts';
import { constantValue, layerValue, describe, constantIn } from './constantValues.ts';

/** How one kind of call names its arguments in tfjs's words. */
export interface Naming {
  /** tfjs names of the positional arguments. */
  readonly positional: readonly string[];
  name(name: string): string;
  /** tfjs's spelling of a string given to an argument. */
  text(argument: string, value: string): string;
}

/** Turns what a call is given into arguments with tfjs's names, values and places. */
export class ArgumentReader {
  readonly #text: string;
  readonly #lines: Lines;

  constructor(text: string, lines: Lines) {
    this.#text = text;
    this.#lines = lines;
  }

  slice(expression: Expression): string {
    return this.textOf(expression.span);
  }

  textOf({ start, end }: Span): string {
    return this.#text.slice(start, end);
  }

  arguments({ positional, named }: Given, naming: Naming): Argument[] {
    const written = [
      ...positional.map((value, index) => ({
        name: naming.positional[index] ?? String(index),
        value,
      })),
      ...[...named].map(([name, value]) => ({ name: naming.name(name), value })),
    ];
    return written
      .flatMap(({ name, value }) => this.#argument(name, value, naming))
      .filter(({ name }, index, all) => !all.some((it, at) => at > index && it.name === name));
  }

  value(value: Py, expression: Expression | null, text: Naming['text'], argument: string): Value {
    switch (value.kind) {
      case 'constant':
        return value.handed === undefined
          ? constantValue(value.value, (it) => text(argument, it))
          : { kind: 'source', text: value.handed };
      case 'list':
        return value.handed === undefined
          ? {
              kind: 'list',
              items: value.items.map((item) => this.value(item, null, text, argument)),
            }
          : { kind: 'source', text: value.handed };
      case 'made':
        return value.value;
      case 'layer':
        return layerValue(value);
      case 'library': {
        const activation = activationOf(value.path);
        return activation === null ? this.#source(value, expression) : string(activation);
      }
      default:
        return this.#source(value, expression);
    }
  }

  #argument(name: string, { value, argument }: GivenValue, naming: Naming): Argument[] {
    if (!argument) return [];
    const expression = argument.stars === 0 ? argument.value : null;
    const read = this.value(value, expression, (of, text) => naming.text(of, text), name);
    const constant =
      expression && read.kind !== 'source' ? constantIn(expression, this.#text) : null;
    return [{ name, value: read, constant, range: this.#lines.range(argument.span) }];
  }

  #source(value: Py, expression: Expression | null): Value {
    if (value.kind === 'unknown') return { kind: 'source', text: value.text };
    return { kind: 'source', text: expression ? this.slice(expression) : describe(value) };
  }
}
