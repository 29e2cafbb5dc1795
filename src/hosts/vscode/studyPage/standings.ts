import { workspace } from 'vscode';
import { objectivesOf } from '../../../record/objectives.ts';
import type { ToStudy } from '../../../show/views/studyMessages.ts';
import { standingOf } from '../history/standing.ts';
import type { Host } from '../host.ts';
import type { StudyEntry } from '../study/studies.ts';

type Ready = Extract<StudyEntry, { state: 'ready' }>;

/**
 * Tells which attempt is the best, and which one the user's file holds now, unsaved text included.
 * The file is read again where it or the study changed.
 */
export class Standings {
  readonly #host: Host;
  #told: {
    readonly entry: Ready;
    readonly text: string | null;
    readonly file: string | null;
  } | null = null;

  constructor(host: Host) {
    this.#host = host;
  }

  async of(entry: Ready): Promise<ToStudy> {
    const { study, attempts, hasFile } = entry;
    const best = standingOf(attempts, objectivesOf(study.config)).best?.id ?? null;
    const text = hasFile ? (await workspace.openTextDocument(study.modelPath)).getText() : null;
    if (this.#told?.entry !== entry || this.#told.text !== text)
      this.#told = { entry, text, file: await this.#holds(entry, text) };
    return { kind: 'standing', best, file: this.#told.file, hasFile };
  }

  async #holds({ study }: Ready, text: string | null): Promise<string | null> {
    if (text === null) return null;
    const held = await (await this.#host.engine.get()).attemptOfCode(study, text);
    return held?.id ?? null;
  }
}
