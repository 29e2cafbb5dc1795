import { resolve } from 'node:path';
import { chdir } from 'node:process';
import type { Drawing } from '../../model/blueprint.ts';
import type { Environment } from '../../record/environment.ts';
import type { Reply, Work } from '../../execution/protocol.ts';
import { drawBlueprint, pristineClasses } from './blueprint/drawBlueprint.ts';
import type { RegisteredClasses } from './blueprint/knownParts.ts';
import { closeFiles } from './builder/readGuard.ts';
import { forgetVariants } from './builder/tamperGuard.ts';
import { buildVariant } from './builder/buildVariant.ts';
import { describeModel } from './builder/describeModel.ts';
import { dataModuleOf } from './data/dataFiles.ts';
import { badRequest } from './errors.ts';
import { toFailure } from './failure.ts';
import { realPathOf } from './modules/userPath.ts';
import type { UserModules } from './modules/userModules.ts';
import { seedRuntime } from './runtime/determinism.ts';
import { openTensorScope } from './tensorScope.ts';
import type { LayersModel, Tf } from './tf.ts';

type Draw = Extract<Work, { type: 'draw' }>;

const tablesOf = ({ folder, config }: Draw['study']): readonly string[] =>
  typeof config.data === 'object' ? [realPathOf(resolve(folder, config.data.csv))] : [];

/** `null` too where a builder may not read it: then it cannot load it either. */
function dataModuleIfAny(study: Draw['study']): string | null {
  try {
    return dataModuleOf(study);
  } catch {
    return null;
  }
}

/** Builds variants and tells them as data; in this process there are no data to be read. */
export class BuilderSession {
  readonly environment: Environment;
  readonly hasGuests = false;
  readonly #tf: Tf;
  readonly #modules: UserModules;
  readonly #builderNames: readonly string[];
  readonly #send: (reply: Reply) => void;
  readonly #known: RegisteredClasses;

  constructor(parts: {
    readonly tf: Tf;
    readonly modules: UserModules;
    readonly builderNames: readonly string[];
    readonly send: (reply: Reply) => void;
    readonly environment: Environment;
  }) {
    this.environment = parts.environment;
    this.#tf = parts.tf;
    this.#modules = parts.modules;
    this.#builderNames = parts.builderNames;
    this.#send = parts.send;
    this.#known = pristineClasses(parts.tf);
  }

  /** A builder asks for no model. */
  take(): void {
    throw badRequest('model to a builder');
  }

  /** What the variant does wrong is an answer, not an exception. */
  async answer(request: Work): Promise<void> {
    if (request.type !== 'draw') throw badRequest(`${request.type} to a builder`);
    const { id, study, variant } = request;
    chdir(study.folder);
    this.#modules.closeRows(dataModuleIfAny(study));
    closeFiles(tablesOf(study));
    this.#send({ type: 'phase', id, phase: 'build', seed: null });
    const scope = openTensorScope(this.#tf);
    try {
      this.#send(await this.#draw(request));
    } catch (error) {
      const failure = toFailure(error, variant.path, this.#modules);
      this.#send({ type: 'failed', id, failure });
    } finally {
      scope.close();
      // The next model of this variant starts from nothing, as in a process of its own.
      forgetVariants(this.#tf);
    }
  }

  async #draw({ id, study, variant, shape, random }: Draw): Promise<Reply> {
    // The file itself may draw as it is loaded, and draws alike each time.
    let draws = seedRuntime(this.#tf, random);
    const model = await buildVariant({
      tf: this.#tf,
      modules: this.#modules,
      builderNames: this.#builderNames,
      variant,
      data: shape,
      limits: study.config.limits,
      beforeBuilder: () => {
        draws = seedRuntime(this.#tf, random);
      },
    });
    const drawing = await this.#drawing(model, draws());
    return { type: 'drawn', id, model: describeModel(model), drawing };
  }

  #drawing(model: LayersModel, draws: number): Promise<Drawing> {
    return drawBlueprint(model, { tf: this.#tf, known: this.#known, draws });
  }
}
