import type { Architecture } from '../model/architecture.ts';
import { readArchitecture } from '../propose/readArchitecture.ts';
import { lensOf, type Lens } from '../model/lens/lens.ts';
import { CortexError } from '../util/errors.ts';
import type { BuiltModel } from '../model/builtModel.ts';
import { isTrainable } from '../model/runtime.ts';
import type { Ports } from './ports.ts';
import type { Study } from '../study/study.ts';

/**
 * A builder as written, what its source tells of its layers and, where its language can be trained,
 * as built on the study's data.
 */
export interface Inspection {
  readonly architecture: Architecture;
  readonly lens: Lens;
  readonly built: BuiltModel | null;
}

/**
 * Reads and builds the model file as it is; rejects when it cannot be read, or when a trainable
 * builder does not build.
 */
export async function inspectStudy(
  study: Study,
  signal: AbortSignal,
  ports: Pick<Ports, 'files' | 'syntax' | 'trainer'>,
): Promise<Inspection> {
  const model = await ports.files.readModel(study);
  const architecture = await readArchitecture(model, ports.syntax);
  if (!isTrainable(model, ports.trainer))
    return { architecture, lens: lensOf(architecture, null), built: null };
  const built = await ports.trainer.build(study, model, signal);
  if (!built.ok) throw notBuilt(model.path, built.error.message, built.error.line);
  return {
    architecture,
    lens: lensOf(architecture, await ports.trainer.profileData(study, signal)),
    built: built.value,
  };
}

const notBuilt = (path: string, why: string, line: number | null): CortexError =>
  new CortexError({
    code: 'model-not-built',
    kind: 'input',
    happened:
      `The builder in ${path}${line === null ? '' : `, line ${line},`} did not build a model: ` +
      `${why}`,
    expected: 'a tf.LayersModel with the input shape and output units it was given.',
    remedy: 'Mend the builder and try again.',
  });
