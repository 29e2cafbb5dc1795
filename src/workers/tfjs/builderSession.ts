import { resolve } from 'node:path';
import { chdir } from 'node:process';
import type { Environment } from '../../record/environment.ts';
import type { Reply, Request, ToGuest, Work } from '../../execution/protocol.ts';
import { drawBlueprint, pristineClasses } from './blueprint/drawBlueprint.ts';
import type { RegisteredClasses } from './blueprint/knownParts.ts';
import { watchAdditions } from './builder/additions.ts';
import { closeFiles } from './builder/readGuard.ts';
import { askedBy } from './builder/askedBy.ts';
import { buildVariant } from './builder/buildVariant.ts';
import { describeModel } from './builder/describeModel.ts';
import { dataModuleOf } from './data/dataFiles.ts';
import type { Send } from './channel.ts';
import { fileOf } from '../../record/fileData.ts';
import { imagesIn } from './data/files/imageFolder.ts';
import { badRequest } from './errors.ts';
import { toFailure } from './failure.ts';
import { fitAsGuest, type TrainerLine, type Workshop } from './guest/guestFit.ts';
import { loadAsGuest } from './guest/loadAsGuest.ts';
import { Inbox } from './guest/inbox.ts';
import { realPathOf } from './modules/userPath.ts';
import type { UserModules } from './modules/userModules.ts';
import { seedRuntime } from './runtime/determinism.ts';
import { openTensorScope } from './tensorScope.ts';
import type { LayersModel, Tf } from './tf.ts';

type Build = Extract<Work, { type: 'build' }>;
type Draw = Extract<Work, { type: 'draw' }>;
type Fit = Extract<Work, { type: 'fit' }>;
type Load = Extract<Work, { type: 'load' }>;

const isForBuilder = (request: Work): request is Build | Draw | Fit | Load =>
  ['build', 'draw', 'fit', 'load'].includes(request.type);

/** Files that hold the rows; none of a folder of images that a builder may not list. */
async function rowFilesOf({ folder, config }: Work['study']): Promise<readonly string[]> {
  if (typeof config.data !== 'object') return [];
  const { kind, path } = fileOf(config.data);
  const own = realPathOf(resolve(folder, path));
  if (kind !== 'images') return [own];
  return imagesIn(own).then(
    (images) => images.map((image) => image.path),
    () => [],
  );
}

/** Where Node keeps the process from going there, it was started there. */
function goTo(folder: string): void {
  try {
    chdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_ACCESS_DENIED') throw error;
  }
}

/** `null` too where a builder may not read it: then it cannot load it either. */
function dataModuleIfAny(study: Work['study']): string | null {
  try {
    return dataModuleOf(study);
  } catch {
    return null;
  }
}

/**
 * Builds variants and tells them as data; one whose code has to run while it trains is trained here
 * on the rows it is handed. In this process there are no data to be read.
 */
export class BuilderSession {
  readonly environment: Environment;
  readonly #tf: Tf;
  readonly #modules: UserModules;
  readonly #builderNames: readonly string[];
  readonly #send: Send;
  readonly #inbox = new Inbox<ToGuest>();
  readonly #known: RegisteredClasses;
  readonly #forget: () => void;

  constructor(parts: {
    readonly tf: Tf;
    readonly modules: UserModules;
    readonly builderNames: readonly string[];
    readonly send: Send;
    readonly environment: Environment;
  }) {
    this.environment = parts.environment;
    this.#tf = parts.tf;
    this.#modules = parts.modules;
    this.#builderNames = parts.builderNames;
    this.#send = parts.send;
    this.#known = pristineClasses(parts.tf);
    this.#forget = watchAdditions(parts.tf);
  }

  /** What the trainer says while a variant trains here. */
  take(request: Request, bytes: Uint8Array): void {
    this.#inbox.put(request as ToGuest, bytes);
  }

  /** What the variant does wrong is an answer, not an exception. */
  async answer(request: Work, _signal: AbortSignal, bytes: Uint8Array): Promise<void> {
    if (!isForBuilder(request)) throw badRequest(`${request.type} to a builder`);
    const { id, study } = request;
    goTo(study.folder);
    this.#modules.closeRows(dataModuleIfAny(study));
    closeFiles(await rowFilesOf(study));
    try {
      if (request.type === 'fit') await this.#fit(request, bytes);
      else if (request.type === 'load') await this.#load(request, bytes);
      else await this.#buildAlone(request);
    } catch (error) {
      const path = request.type === 'load' ? request.model.source?.path : request.variant.path;
      const failure = toFailure(error, path ?? '', this.#modules);
      this.#send({ type: 'failed', id, failure });
    }
  }

  async #buildAlone(request: Build | Draw): Promise<void> {
    this.#send({ type: 'phase', id: request.id, phase: 'build', seed: null });
    const scope = openTensorScope(this.#tf);
    try {
      this.#send(await (request.type === 'build' ? this.#build(request) : this.#draw(request)));
    } finally {
      scope.close();
      this.#forget();
    }
  }

  #fit(request: Fit, bytes: Uint8Array): Promise<void> {
    const line = this.#lineTo(request.id);
    return fitAsGuest(request, bytes, { workshop: this.#workshop(), line });
  }

  #workshop(): Workshop {
    return {
      tf: this.#tf,
      modules: this.#modules,
      builderNames: this.#builderNames,
      known: this.#known,
    };
  }

  #lineTo(id: string): TrainerLine {
    this.#inbox.open(id);
    return {
      say: (message, frame = new Uint8Array()) =>
        this.#send({ ...message, id, bytes: frame.length } as Reply, frame),
      hear: () => this.#inbox.next(),
    };
  }

  async #load(request: Load, bytes: Uint8Array): Promise<void> {
    const line = this.#lineTo(request.id);
    await loadAsGuest(request, bytes, { workshop: this.#workshop(), line }).finally(this.#forget);
  }

  async #build(request: Build): Promise<Reply> {
    const { model } = await this.#seeded(request, 0);
    return { type: 'built', id: request.id, model: describeModel(model) };
  }

  async #draw(request: Draw): Promise<Reply> {
    const { model, draws } = await this.#seeded(request, request.random);
    const drawing = await drawBlueprint(model, { tf: this.#tf, known: this.#known, draws });
    return { type: 'drawn', id: request.id, drawing };
  }

  /** `draws`: how many random numbers it took. */
  async #seeded(
    { study, variant, shape }: Build | Draw,
    random: number,
  ): Promise<{ readonly model: LayersModel; readonly draws: number }> {
    // The file itself may draw as it is loaded, and draws alike each time.
    let draws = seedRuntime(this.#tf, random);
    const model = await buildVariant({
      tf: this.#tf,
      modules: this.#modules,
      builderNames: this.#builderNames,
      variant,
      data: shape && askedBy(shape),
      limits: study.config.limits,
      beforeBuilder: () => {
        draws = seedRuntime(this.#tf, random);
      },
    });
    return { model, draws: draws() };
  }
}
