import type { CortexError } from '../../../util/errors.ts';
import type { ArchitectureEdit } from '../../../model/edits.ts';
import type { Result } from '../../../util/result.ts';
import { cannotEditError } from '../errors.ts';
import type { Reading } from '../read/reading.ts';
import { EditedModel, writtenOrRefused } from './editedModel.ts';
import type { Reread } from './editedModel.ts';
import { keeps, requireCompile } from './heldPromise.ts';
import { JavaScriptWriter } from './javaScriptWriter.ts';
import { applyPatches } from './patch.ts';
import type { Patch } from './patch.ts';
import { promiseOf } from './promise.ts';
import { functionalPromise } from './functionalPromise.ts';
import type { Promised } from './promisedLayers.ts';
import type { SourceWriter } from './sourceWriter.ts';

/**
 * Applies edits one by one; after each, the text is read again and held against what the edit
 * promises.
 */
export function writeEdits(
  text: string,
  edits: readonly ArchitectureEdit[],
  read: Reread<Reading>,
): Result<string, CortexError> {
  return writtenOrRefused(() => {
    const session = new EditSession(text, read);
    for (const edit of edits) session.apply(edit);
    return session.text;
  });
}

class EditSession {
  readonly #read: Reread<Reading>;
  readonly #writer: SourceWriter = new JavaScriptWriter();
  readonly #model: EditedModel<Reading>;

  constructor(text: string, read: Reread<Reading>) {
    this.#read = read;
    this.#model = new EditedModel(text, unwrapped(read(text)));
  }

  get text(): string {
    return this.#model.text;
  }

  apply(edit: ArchitectureEdit): void {
    const { reading } = this.#model;
    if (edit.kind === 'setCompile' && reading.compile && edit.optimizer && edit.loss) {
      this.apply({ kind: 'setCompile', optimizer: edit.optimizer, fallback: edit.fallback });
      return this.apply({ kind: 'setCompile', loss: edit.loss, fallback: edit.fallback });
    }
    const isBranch = edit.kind === 'addResidual' || edit.kind === 'addBranch';
    if (isBranch && reading.architecture.style === 'sequential')
      this.#advance(
        this.#writer.functionalForm(reading),
        functionalPromise(reading.architecture.layers),
      );
    this.#write(this.#model.current(edit));
  }

  #write(edit: ArchitectureEdit): void {
    const { reading } = this.#model;
    this.#advance(
      this.#writer.patches(reading, edit),
      promiseOf(reading.architecture.layers, edit),
    );
    if (edit.kind === 'setCompile') requireCompile(this.#model.reading, edit);
  }

  #advance(patches: readonly Patch[], promised: Promised): void {
    const text = applyPatches(this.#model.text, patches);
    const reading = this.#read(text);
    if (!reading.ok || !keeps(reading.value, promised))
      throw cannotEditError('written there, it would change more of the model than it should');
    this.#model.advance(text, reading.value, promised);
  }
}

function unwrapped(reading: Result<Reading, CortexError>): Reading {
  if (reading.ok) return reading.value;
  throw reading.error;
}
