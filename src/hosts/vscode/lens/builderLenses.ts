import {
  EventEmitter,
  workspace,
  type CancellationToken,
  type Disposable,
  type Event,
  type TextDocument,
} from 'vscode';
import type { BuilderLens } from '../../../loop/readLens.ts';
import type { DataShape } from '../../../model/lens/shape.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { builderLineIn } from '../study/modelFiles.ts';
import { affects, readSetting } from '../settings.ts';

/** Keystrokes closer together than this are one change. */
const QUIET_MS = 250;

interface Reading {
  readonly version: number;
  readonly data: DataShape | null;
  readonly lens: Promise<BuilderLens | null>;
}

/**
 * What the source of open model files tells, read in the engine after a short rest from typing,
 * once for every version.
 */
export class BuilderLenses implements Disposable {
  readonly #host: Host;
  readonly #changed = new EventEmitter<void>();
  readonly #disposables = new Disposables();
  #read = new WeakMap<TextDocument, Reading>();
  readonly #data = new Map<string, DataShape | null>();
  readonly #asked = new Set<string>();

  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(host: Host) {
    this.#host = host;
    const refresh = (): void => {
      this.#changed.fire();
    };
    this.#disposables.add(
      this.#changed,
      host.studies.onDidChange(refresh),
      workspace.onDidGrantWorkspaceTrust(refresh),
      workspace.onDidChangeConfiguration((event) => {
        if (affects(event, 'lens.enabled', 'builderNames')) refresh();
      }),
      workspace.onDidSaveTextDocument(({ fileName }) => {
        if (fileName.endsWith('cortex.json')) this.#forget();
      }),
    );
  }

  /**
   * `null` for a file without a builder, one that cannot be read just now, and one that changed
   * while it was waited for.
   */
  async of(document: TextDocument, token: CancellationToken): Promise<BuilderLens | null> {
    if (!workspace.isTrusted || !readSetting('lens.enabled') || builderLineIn(document) === null)
      return null;
    const { version } = document;
    if (this.#read.has(document) && !this.#known(document))
      await new Promise((resolve) => {
        setTimeout(resolve, QUIET_MS);
      });
    if (token.isCancellationRequested || document.version !== version) return null;
    // Hints, hover and the line above ask at once: who comes second finds what the first began to
    // read.
    const lens = this.#known(document) ?? this.#begin(document);
    void lens.then(() => {
      this.#lookAtData(document.fileName);
    });
    return lens;
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #known(document: TextDocument): Promise<BuilderLens | null> | undefined {
    const reading = this.#read.get(document);
    return reading?.version === document.version && reading.data === this.#dataOf(document)
      ? reading.lens
      : undefined;
  }

  #begin(document: TextDocument): Promise<BuilderLens | null> {
    const data = this.#dataOf(document);
    const lens = this.#host.commands.attempt('the architecture lens', () =>
      this.#readNow(document, data),
    );
    this.#read.set(document, { version: document.version, data, lens });
    return lens;
  }

  #dataOf({ fileName }: TextDocument): DataShape | null {
    return this.#data.get(fileName) ?? null;
  }

  async #readNow(document: TextDocument, data: DataShape | null): Promise<BuilderLens | null> {
    const study = await this.#host.studies.open(document.fileName);
    const read = await (await this.#host.engine.get()).lens(study, document.getText(), data);
    return read.ok ? read.value : null;
  }

  /**
   * The shape of the data, in the background, and again once something was trained; all is drawn
   * again when it is known.
   */
  #lookAtData(modelPath: string): void {
    const entry = this.#host.studies.peek(modelPath);
    const attempts = entry?.state === 'ready' ? entry.attempts.length : 0;
    const key = `${modelPath}\0${attempts > 0}`;
    if (this.#data.has(modelPath) || this.#asked.has(key)) return;
    this.#asked.add(key);
    void this.#host.commands.attempt('the shape of the data', async () => {
      const study = await this.#host.studies.open(modelPath);
      const shape = await (await this.#host.engine.get()).dataShape(study, attempts);
      if (!shape) return;
      this.#data.set(modelPath, shape);
      this.#changed.fire();
    });
  }

  #forget(): void {
    this.#read = new WeakMap();
    this.#data.clear();
    this.#asked.clear();
    this.#changed.fire();
  }
}
