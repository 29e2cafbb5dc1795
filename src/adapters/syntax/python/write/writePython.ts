import type { CortexError } from '../../../../util/errors.ts';
import type { ArchitectureEdit } from '../../../../model/edits.ts';
import type { Result } from '../../../../util/result.ts';
import { cannotEditError } from '../../errors.ts';
import { EditedModel, writtenOrRefused } from '../../write/editedModel.ts';
import type { Reread } from '../../write/editedModel.ts';
import { keeps, requireCompile } from '../../write/heldPromise.ts';
import { functionalPromise } from '../../write/functionalPromise.ts';
import { applyPatches } from '../../write/patch.ts';
import type { Patch } from '../../write/patch.ts';
import { promiseOf } from '../../write/promise.ts';
import type { Promised, PromisedLayer } from '../../write/promisedLayers.ts';
import type { PythonReading } from '../read/reading.ts';
import { addBranch } from './branches.ts';
import { setCompile } from './compileEdit.ts';
import { functionalForm } from './functionalForm.ts';
import { broughtClasses } from './helpers.ts';
import { isFlatten, isPooledToOne, spatial } from './grid.ts';
import { insertLayers, replaceLayer } from './placeLayers.ts';
import { PythonContext } from './pythonContext.ts';
import { addResidual } from './residual.ts';
import { removeLayer } from './removeLayers.ts';
import { removeArgument, setArgument } from './setArguments.ts';
import { torchEdits } from './torchEdits.ts';
import { STATED, Widths, statedOf } from './widths.ts';

/**
 * Applies edits to a Python file one by one; after each, the text is read again and held against
 * what the edit promises. What PyTorch's layers say of their inputs follows.
 */
export function writePython(
  text: string,
  edits: readonly ArchitectureEdit[],
  read: Reread<PythonReading>,
): Result<string, CortexError> {
  return writtenOrRefused(() => {
    const session = new PythonSession(text, read);
    for (const edit of edits) session.apply(edit);
    return session.text;
  });
}

class PythonSession {
  readonly #read: Reread<PythonReading>;
  readonly #model: EditedModel<PythonReading>;

  constructor(text: string, read: Reread<PythonReading>) {
    this.#read = read;
    this.#model = new EditedModel(text, this.#reread(text));
  }

  get text(): string {
    return this.#model.text;
  }

  apply(edit: ArchitectureEdit): void {
    const before = this.#model.reading;
    const isTorch = before.framework === 'torch';
    const isBranch = edit.kind === 'addResidual' || edit.kind === 'addBranch';
    if (!isTorch && isBranch && before.model?.kind === 'sequential') {
      this.#toFunctional();
      return this.apply(edit);
    }
    const now = this.#model.current(edit);
    if (before.model === null && edit.kind !== 'setCompile')
      throw cannotEditError('the layers of this builder cannot be followed');
    for (const step of isTorch ? torchEdits(now, before) : [now]) this.#step(step);
    // A branch leaves the grid of the way beside it as it is.
    if (isTorch && edit.kind !== 'addBranch') requireSameGrid(before, this.#model.reading);
  }

  /** What branches needs its layers held by variables. */
  #toFunctional(): void {
    const before = this.#model.reading;
    const context = new PythonContext(before);
    const patches = functionalForm(context);
    const text = applyPatches(this.text, [...patches, ...context.printer.imports()]);
    const promised = functionalPromise(before.architecture.layers);
    const reading = this.#reread(text);
    if (!keeps(reading, promised) || reading.model?.kind !== 'functional')
      throw cannotEditError('written as a chain of calls, it would be another model');
    this.#model.advance(text, reading, promised);
  }

  #step(current: ArchitectureEdit): void {
    const before = this.#model.reading;
    const isTorch = before.framework === 'torch';
    const promised = promiseOf(before.architecture.layers, current);
    const written = this.#written(this.text, before, current);
    const text = isTorch ? this.#widened(written, promised) : written;
    const reading = this.#reread(text);
    if (!keeps(withoutStated(reading), { ...promised, layers: promised.layers.map(unstated) }))
      throw cannotEditError('written there, it would change more of the model than it should');
    if (current.kind === 'setCompile') requireCompile(reading, current);
    this.#model.advance(text, reading, promised);
  }

  #written(text: string, reading: PythonReading, edit: ArchitectureEdit): string {
    const context = new PythonContext(reading);
    const patches = [...broughtClasses(context, edit), ...patchesOf(context, edit)];
    return applyPatches(text, [...patches, ...context.printer.imports()]);
  }

  /** PyTorch: every layer says again how wide the one before it is. */
  #widened(text: string, promised: Promised): string {
    const before = new Widths(this.#model.reading.layers);
    const reading = this.#reread(text);
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

  #reread(text: string): PythonReading {
    const reading = this.#read(text);
    if (reading.ok) return reading.value;
    throw cannotEditError(`the file could not be read afterwards: ${reading.error.happened}`);
  }
}

/** How much is flattened of each channel is known of the model as it was. */
function requireSameGrid(before: PythonReading, after: PythonReading): void {
  const isOpen = after.layers.some(
    (layer) => isFlatten(layer) && !isPooledToOne(after.layers, layer),
  );
  if (isOpen && spatial(before) !== spatial(after))
    throw cannotEditError('the size that is flattened behind it depends on the input');
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
    case 'addBranch':
      return addBranch(context, edit);
  }
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
