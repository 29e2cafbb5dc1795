import { CortexError } from '../../../../util/errors.ts';
import type { ArchitectureEdit } from '../../../../model/edits.ts';
import { ok, refuse } from '../../../../util/result.ts';
import type { Result } from '../../../../util/result.ts';
import { cannotEditError } from '../../errors.ts';
import { keeps, requireCompile } from '../../write/heldPromise.ts';
import { applyPatches } from '../../write/patch.ts';
import type { Patch } from '../../write/patch.ts';
import { promiseOf } from '../../write/promise.ts';
import type { Promised, PromisedLayer } from '../../write/promisedLayers.ts';
import type { PythonReading } from '../read/reading.ts';
import { setCompile } from './compileEdit.ts';
import { insertLayers, replaceLayer } from './placeLayers.ts';
import { PythonContext } from './pythonContext.ts';
import { addResidual } from './residual.ts';
import { removeLayer } from './removeLayers.ts';
import { removeArgument, setArgument } from './setArguments.ts';
import { torchEdits } from './torchEdits.ts';
import { STATED, Widths } from './widths.ts';

type Read = (text: string) => Result<PythonReading, CortexError>;

/**
 * Applies edits to a Python file one by one; after each, the text is read again and held against
 * what the edit promises. What PyTorch's layers say of their inputs follows.
 */
export function writePython(
  text: string,
  edits: readonly ArchitectureEdit[],
  read: Read,
): Result<string, CortexError> {
  try {
    const session = new PythonSession(text, read);
    for (const edit of edits) session.apply(edit);
    return ok(session.text);
  } catch (error) {
    if (error instanceof CortexError) return refuse(error);
    throw error;
  }
}

class PythonSession {
  text: string;
  readonly #read: Read;
  #reading: PythonReading;
  #moved: readonly (number | null)[];

  constructor(text: string, read: Read) {
    this.text = text;
    this.#read = read;
    this.#reading = this.#reread(text);
    this.#moved = this.#reading.layers.map((_, index) => index);
  }

  apply(edit: ArchitectureEdit): void {
    const isTorch = this.#reading.framework === 'torch';
    const now = reindexed(edit, (index) => this.#now(index));
    const current = isTorch ? torchEdits(now, this.#reading) : now;
    if (this.#reading.model === null && edit.kind !== 'setCompile')
      throw cannotEditError('the layers of this builder cannot be followed');
    const promised = promiseOf(this.#reading.architecture.layers, current);
    const written = this.#written(this.text, this.#reading, current);
    const text = isTorch ? this.#widened(written, promised) : written;
    const reading = this.#reread(text);
    if (!keeps(withoutStated(reading), { ...promised, layers: promised.layers.map(unstated) }))
      throw cannotEditError('written there, it would change more of the model than it should');
    if (current.kind === 'setCompile') requireCompile(reading, current);
    this.text = text;
    this.#reading = reading;
    this.#moved = this.#moved.map((at) => (at === null ? null : (promised.moved[at] ?? null)));
  }

  #written(text: string, reading: PythonReading, edit: ArchitectureEdit): string {
    const context = new PythonContext(reading);
    const patches = patchesOf(context, edit);
    return applyPatches(text, [...patches, ...context.printer.imports()]);
  }

  /** PyTorch: every layer says again how wide the one before it is. */
  #widened(text: string, promised: Promised): string {
    const before = new Widths(this.#reading.layers);
    const reading = this.#reread(text);
    if (spatial(this.#reading) !== spatial(reading) && reading.layers.some(isFlatten))
      throw cannotEditError('the size that is flattened behind it depends on the input');
    const widths = new Widths(reading.layers, before.movedFactors(promised.moved));
    const context = new PythonContext(reading);
    const patches = reading.layers.flatMap((layer, index) => {
      const stated = statedOf(layer.draft.arguments);
      const needed = stated && widths.neededBy(layer);
      if (!stated || needed === null || needed === stated.value) return [];
      if (!Number.isInteger(needed)) throw cannotEditError('the widths do not fit together');
      return setArgument(context, index, {
        name: stated.name,
        value: { kind: 'number', value: needed },
      });
    });
    return applyPatches(text, patches);
  }

  #now(index: number): number {
    const now = this.#moved[index];
    if (now === undefined || now === null)
      throw cannotEditError(`it names layer ${index}, which is not there`);
    return now;
  }

  #reread(text: string): PythonReading {
    const reading = this.#read(text);
    if (reading.ok) return reading.value;
    throw cannotEditError(`the file could not be read afterwards: ${reading.error.happened}`);
  }
}

function patchesOf(context: PythonContext, edit: ArchitectureEdit): readonly Patch[] {
  switch (edit.kind) {
    case 'setArgument':
      return setArgument(context, edit.layer, edit);
    case 'removeArgument':
      return removeArgument(context, edit.layer, edit.name);
    case 'replaceLayer':
      return replaceLayer(context, edit.layer, edit.with);
    case 'insertLayers':
      return insertLayers(context, edit.after, edit.layers);
    case 'removeLayer':
      return removeLayer(context, edit.layer);
    case 'setCompile':
      return setCompile(context, edit);
    case 'addResidual':
      return addResidual(context, edit);
  }
}

function reindexed(edit: ArchitectureEdit, now: (index: number) => number): ArchitectureEdit {
  switch (edit.kind) {
    case 'setCompile':
      return edit;
    case 'insertLayers':
      return edit.after === 'input' ? edit : { ...edit, after: now(edit.after) };
    case 'addResidual':
      return { ...edit, from: now(edit.from), to: now(edit.to) };
    default:
      return { ...edit, layer: now(edit.layer) };
  }
}

const isFlatten = ({ draft }: PythonReading['layers'][number]): boolean =>
  draft.type === 'flatten' || draft.type === 'reshape';

/** What makes the rows and columns of images fewer or more. */
function spatial({ layers }: PythonReading): string {
  return layers
    .filter(({ draft }) => /[123]d|flatten|reshape/i.test(draft.type) && !keepsSize(draft))
    .map(({ draft }) => `${draft.type.replace(/max|average/i, '')}${windowOf(draft)}`)
    .join();
}

type Drafted = PythonReading['layers'][number]['draft'];

const keepsSize = ({ type, arguments: args }: Drafted): boolean =>
  /Dropout/.test(type) ||
  (/^conv/.test(type) &&
    args.some(({ name, value }) => name === 'padding' && value.kind === 'string') &&
    !args.some(({ name }) => name === 'strides'));

const windowOf = ({ arguments: args }: Drafted): string =>
  args
    .filter(({ name }) => ['kernelSize', 'poolSize', 'strides', 'padding'].includes(name))
    .map(({ name, value }) => name + JSON.stringify(value))
    .join();

function statedOf(
  args: Drafted['arguments'],
): { readonly name: string; readonly value: number } | null {
  const found = args.find(({ name }) => STATED.includes(name));
  return found?.value.kind === 'number' ? { name: found.name, value: found.value.value } : null;
}

/** Without what follows from the layer before. */
const unstated = <T extends PromisedLayer>(layer: T): T => ({
  ...layer,
  arguments: layer.arguments.filter(({ name }) => !STATED.includes(name)),
});

function withoutStated(reading: PythonReading): Pick<PythonReading, 'architecture'> {
  const layers = reading.architecture.layers.map(unstated);
  return { architecture: { ...reading.architecture, layers } };
}
