import type { Architecture } from '../model/architecture.ts';
import { readArchitecture } from '../propose/readArchitecture.ts';
import { lensOf, type Lens } from '../model/lens/lens.ts';
import type { BuiltModel } from '../model/builtModel.ts';
import { isTrainable } from '../model/runtime.ts';
import { CortexError } from '../util/errors.ts';
import { refuse, type Result } from '../util/result.ts';
import type { Failure } from '../record/trial.ts';
import type { Ports } from './ports.ts';
import type { Study } from '../study/study.ts';
import { notBuiltError } from './notBuilt.ts';
import { unlessMissing } from './unlessMissing.ts';

/**
 * A builder as written, what its source tells of its layers and, where its language can be trained
 * and it can be built here, as built.
 */
export interface Inspection {
  readonly architecture: Architecture;
  readonly lens: Lens;
  readonly built: BuiltModel | null;
  /** Why it is not built, where its source says what it makes all the same. */
  readonly unbuilt: Failure | null;
}

/**
 * Reads the model file and builds it as it is, on the study's data where there is any. Rejects when
 * it cannot be read, and when neither its source nor a look at the built model says what it makes.
 */
export async function inspectStudy(
  study: Study,
  signal: AbortSignal,
  ports: Pick<Ports, 'files' | 'syntax' | 'trainer'>,
): Promise<Inspection> {
  const model = await ports.files.readModel(study);
  const architecture = await readArchitecture(model, ports.syntax, study.config);
  if (!isTrainable(model, ports.trainer))
    return { architecture, lens: lensOf(architecture, null), built: null, unbuilt: null };
  const built = await buildOrSay(ports.trainer.build(study, model, signal));
  const data = await dataOrNone(ports.trainer.profileData(study, signal));
  const lens = lensOf(architecture, data);
  if (built.ok) return { architecture, lens, built: built.value, unbuilt: null };
  if (data || architecture.layers.length === 0)
    throw notBuiltError(model.path, built.error, architecture);
  return { architecture, lens, built: null, unbuilt: built.error };
}

/** Where nothing can build it here (no Python, no runtime), its source is shown all the same. */
async function buildOrSay<T>(building: Promise<Result<T, Failure>>): Promise<Result<T, Failure>> {
  try {
    return await building;
  } catch (error) {
    if (!(error instanceof CortexError) || error.kind !== 'environment') throw error;
    return refuse({ kind: 'builder', message: error.happened, line: null, stderr: [] });
  }
}

/** `null` where there are none yet, and where nothing here can read them. */
async function dataOrNone<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await unlessMissing(reading);
  } catch (error) {
    if (!(error instanceof CortexError) || error.kind !== 'environment') throw error;
    return null;
  }
}
