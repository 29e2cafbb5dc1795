import type { Span } from '../../code/span.ts';
import { cannotEditError } from '../../errors.ts';
import type { Argument, Call, ClassStatement, FunctionStatement, Statement } from '../code/tree.ts';
import { kerasNaming } from '../read/kerasValues.ts';
import type { PlacedLayer, PythonReading } from '../read/reading.ts';
import { torchNaming } from '../read/torchCalls.ts';
import { nameOf } from '../read/training.ts';
import { functionNaming } from '../read/torchFunctions.ts';
import { PythonPrinter } from './pythonPrinter.ts';
import { Widths } from './widths.ts';

/** What every edit of a Python builder needs to know of the text it changes. */
export class PythonContext {
  readonly reading: PythonReading;
  readonly text: string;
  readonly printer: PythonPrinter;
  readonly widths: Widths;

  constructor(reading: PythonReading) {
    this.reading = reading;
    this.text = reading.module.text;
    this.printer = new PythonPrinter(reading);
    this.widths = new Widths(reading.layers);
  }

  get isTorch(): boolean {
    return this.reading.framework === 'torch';
  }

  slice({ start, end }: Span): string {
    return this.text.slice(start, end);
  }

  /** A layer whose source stands for it alone; refuses the others. */
  editable(index: number): PlacedLayer {
    const layer = this.reading.layers[index];
    if (!layer) throw cannotEditError(`there is no layer ${index}`);
    if (layer.conditional)
      throw cannotEditError(
        `layer ${index} (\`${layer.draft.type}\`) stands in a loop, a branch or a helper ` +
          'function that is used several times',
      );
    return layer;
  }

  call(index: number): Call {
    const { draft } = this.editable(index);
    if (!draft.call)
      throw cannotEditError(`layer ${index} (\`${draft.type}\`) is not made by a call`);
    return draft.call;
  }

  /** Where an argument of a layer is written, by its tfjs name. */
  argument(index: number, name: string): Argument | undefined {
    const layer = this.editable(index);
    const call = this.call(index);
    const naming = this.#naming(layer, call);
    const positional = call.arguments.filter((it) => it.name === null);
    return call.arguments.findLast((argument) => {
      if (argument.stars > 0) return false;
      if (argument.name !== null) return naming.name(argument.name) === name;
      return naming.positional[positional.indexOf(argument) - offsetOf(layer)] === name;
    });
  }

  /** The method or function that holds a place, and the class around it. */
  around({ start, end }: Span): { method: FunctionStatement | null; owner: ClassStatement | null } {
    const holds = ({ span }: Statement): boolean => span.start <= start && span.end >= end;
    const owner = this.reading.module.statements.find(
      (it): it is ClassStatement => it.kind === 'class' && holds(it),
    );
    const method = (owner?.body ?? this.reading.module.statements).find(
      (it): it is FunctionStatement => it.kind === 'function' && holds(it),
    );
    return { method: method ?? null, owner: owner ?? null };
  }

  /** A name for a new attribute or variable. */
  freshName(wish: string): string {
    let name = wish;
    for (let count = 2; new RegExp(`\\b${name}\\b`).test(this.text); count += 1)
      name = `${wish}${count}`;
    return name;
  }

  #naming({ draft }: PlacedLayer, call: Call): ReturnType<typeof kerasNaming> {
    if (draft.framework === 'keras') return kerasNaming(draft.type);
    const name = nameOf(call.callee);
    return /^[A-Z]/.test(name) ? torchNaming(name) : functionNaming(name);
  }
}

/** `F.relu(x)`: the first argument is the input. */
const offsetOf = ({ site, draft }: PlacedLayer): number => {
  const first = draft.call?.arguments[0]?.value.span.start;
  return site.kind === 'apply' && first !== undefined && site.input?.span.start === first ? 1 : 0;
};
