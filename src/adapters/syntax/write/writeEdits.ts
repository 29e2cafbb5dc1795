import { CortexError } from '../../../util/errors.ts';
import type { ArchitectureEdit } from '../../../model/edits.ts';
import { ok, refuse } from '../../../util/result.ts';
import type { Result } from '../../../util/result.ts';
import { cannotEditError } from '../errors.ts';
import type { Reading } from '../read/reading.ts';
import { JavaScriptWriter } from './javaScriptWriter.ts';
import { applyPatches } from './patch.ts';
import type { Patch } from './patch.ts';
import { functionalPromise, promiseOf } from './promise.ts';
import type { Promised } from './promisedLayers.ts';
import type { SourceWriter } from './sourceWriter.ts';
import { requireCompile, keeps } from './heldPromise.ts';

type Read = (text: string) => Result<Reading, CortexError>;

/**
 * Applies edits one by one; after each, the text is read again and held against what the edit
 * promises.
 */
export function writeEdits(
  text: string,
  edits: readonly ArchitectureEdit[],
  read: Read,
): Result<string, CortexError> {
  try {
    return ok(new EditSession(text, read).apply(edits));
  } catch (error) {
    if (error instanceof CortexError) return refuse(error);
    throw error;
  }
}

/** Text and reading as they change; indices of the edits are those from before the first. */
class EditSession {
  readonly #read: Read;
  readonly #writer: SourceWriter = new JavaScriptWriter();
  #text: string;
  #reading: Reading;
  #moved: readonly (number | null)[];

  constructor(text: string, read: Read) {
    this.#read = read;
    this.#text = text;
    this.#reading = unwrapped(read(text));
    this.#moved = this.#reading.layers.map((_, index) => index);
  }

  apply(edits: readonly ArchitectureEdit[]): string {
    for (const edit of edits) this.#applyOne(edit);
    return this.#text;
  }

  #applyOne(edit: ArchitectureEdit): void {
    const compiled = this.#reading.compile !== null;
    if (edit.kind === 'setCompile' && compiled && edit.optimizer && edit.loss) {
      this.#applyOne({ kind: 'setCompile', optimizer: edit.optimizer, fallback: edit.fallback });
      return this.#applyOne({ kind: 'setCompile', loss: edit.loss, fallback: edit.fallback });
    }
    if (edit.kind === 'addResidual' && this.#reading.architecture.style === 'sequential') {
      this.#advance(
        this.#writer.functionalForm(this.#reading),
        functionalPromise(this.#reading.architecture.layers),
      );
    }
    const current = reindexed(edit, (index) => this.#now(index));
    this.#advance(
      this.#writer.patches(this.#reading, current),
      promiseOf(this.#reading.architecture.layers, current),
    );
    if (current.kind === 'setCompile') requireCompile(this.#reading, current);
  }

  #now(index: number): number {
    const now = this.#moved[index];
    if (now === undefined || now === null)
      throw cannotEditError(`it names layer ${index}, which is not there`);
    return now;
  }

  #advance(patches: readonly Patch[], promised: Promised): void {
    const text = applyPatches(this.#text, patches);
    const reading = this.#read(text);
    if (!reading.ok || !keeps(reading.value, promised))
      throw cannotEditError('written there, it would change more of the model than it should');
    this.#text = text;
    this.#reading = reading.value;
    this.#moved = this.#moved.map((index) =>
      index === null ? null : (promised.moved[index] ?? null),
    );
  }
}

function unwrapped(reading: Result<Reading, CortexError>): Reading {
  if (reading.ok) return reading.value;
  throw reading.error;
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
