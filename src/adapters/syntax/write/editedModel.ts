import type { ArchitectureEdit } from '../../../model/edits.ts';
import { CortexError } from '../../../util/errors.ts';
import { ok, refuse } from '../../../util/result.ts';
import type { Result } from '../../../util/result.ts';
import { cannotEditError } from '../errors.ts';
import type { Promised } from './promisedLayers.ts';

/** Reads a model file's text again after an edit. */
export type Reread<Reading> = (text: string) => Result<Reading, CortexError>;

/** Text and reading as edits change them; indices of the edits are those from before the first. */
export class EditedModel<Reading extends { readonly layers: readonly unknown[] }> {
  text: string;
  reading: Reading;
  #moved: readonly (number | null)[];

  constructor(text: string, reading: Reading) {
    this.text = text;
    this.reading = reading;
    this.#moved = reading.layers.map((_, index) => index);
  }

  /** The edit by the indices that its layers have by now. */
  current(edit: ArchitectureEdit): ArchitectureEdit {
    switch (edit.kind) {
      case 'setCompile':
        return edit;
      case 'insertLayers':
        return edit.after === 'input' ? edit : { ...edit, after: this.#now(edit.after) };
      case 'addResidual':
        return { ...edit, from: this.#now(edit.from), to: this.#now(edit.to) };
      case 'addBranch':
        return { ...edit, at: this.#now(edit.at) };
      default:
        return { ...edit, layer: this.#now(edit.layer) };
    }
  }

  /** Takes over what was written and read again. */
  advance(text: string, reading: Reading, { moved }: Promised): void {
    this.text = text;
    this.reading = reading;
    this.#moved = this.#moved.map((at) => (at === null ? null : (moved[at] ?? null)));
  }

  #now(index: number): number {
    const now = this.#moved[index];
    if (now === undefined || now === null)
      throw cannotEditError(`it names layer ${index}, which is not there`);
    return now;
  }
}

/** What edits make of a text, or why they cannot be written. */
export function writtenOrRefused(write: () => string): Result<string, CortexError> {
  try {
    return ok(write());
  } catch (error) {
    if (error instanceof CortexError) return refuse(error);
    throw error;
  }
}
