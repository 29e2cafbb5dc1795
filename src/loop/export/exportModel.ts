import { objectiveOf } from '../../record/objectives.ts';
import type { Study } from '../../study/study.ts';
import type { ExportFolders, StagedExport } from '../../ports/exportFolders.ts';
import type { Predictions } from '../../ports/trainer.ts';
import type { ExportChoice, ExportedFile } from '../../model/formats/exportFormat.ts';
import { savedAs, type SavedModel } from '../../model/savedModel.ts';
import { foldNormalization } from '../../model/foldNormalization.ts';
import { readModel, type TrainedModel } from '../../model/trainedModel.ts';
import type { Ports } from '../ports.ts';
import { openTraining, type StudySession } from '../studySession.ts';
import { choiceFor } from './choiceFor.ts';
import { requireSame } from './compareLoaded.ts';
import { filesOf, preprocessingOf } from './filesOf.ts';
import { cardFacts } from './cardFacts.ts';
import { modelCard } from './modelCard.ts';
import type { Exported, ExportRequest } from './exported.ts';
import { trainedSeed, type TrainedSeed } from './trainedSeed.ts';

/**
 * Writes a trained attempt as files that its user's programs load, with all that belongs to it. The
 * files are loaded by another process and compared with what was trained before they get their
 * name.
 */
export async function exportModel(
  study: Study,
  request: ExportRequest,
  ports: Ports & { readonly exports: ExportFolders },
): Promise<Exported> {
  const session = await openTraining(study, ports);
  const summary = session.history.find(({ id }) => id === request.id);
  if (!summary) throw new RangeError(`${request.id} is not of this study`);
  const seed = await trainedSeed(session, summary, request, ports);
  const trained = readModel(seed.file);
  const choice = choiceFor(trained, request);
  const { model, count: folded } = request.fold
    ? foldNormalization(trained)
    : { model: trained, count: 0 };
  const staged = await ports.exports.stage(request.folder);
  try {
    const work: Work = { session, seed, model, choice, staged, request };
    const [written, data] = await Promise.all([
      write(work, ports.trainer),
      session.profile(request.signal),
    ]);
    const exported: Exported = {
      ...written,
      format: choice.format,
      folded,
      seed: seed.trial.seed,
      folder: request.folder,
    };
    const facts = await cardFacts(session, { summary, model, choice, exported, data });
    await staged.add({ name: 'MODEL_CARD.md', bytes: new TextEncoder().encode(modelCard(facts)) });
    await staged.publish();
    return exported;
  } finally {
    await staged.discard();
  }
}

interface Work {
  readonly session: StudySession;
  readonly seed: TrainedSeed;
  readonly model: TrainedModel;
  readonly choice: ExportChoice;
  readonly staged: StagedExport;
  readonly request: ExportRequest;
}

type Written = Omit<Exported, 'format' | 'folded' | 'seed' | 'folder'>;

/** Writes the files, has them loaded again, and compares what is answered. */
async function write(work: Work, trainer: Ports['trainer']): Promise<Written> {
  const { session, model, choice, staged, request } = work;
  const { study } = session;
  const kept = await keptModel(work);
  const { source, ...readings } = kept;
  const exported = {
    ...readings,
    format: choice.format,
    path: staged.path,
    timed: true,
    ...(source && takesItsCode(choice.format) && { source }),
  };
  const own = filesOf(model, choice);
  if (own) {
    await addAll(staged, [...own, preprocessingOf(model)]);
    const [before, after] = await trainer.predict(
      study,
      [kept, loadable(exported)],
      request.signal,
    );
    return compared(work, { before, after, files: own });
  }
  const asked = { ...kept, writeAs: { format: choice.format, quantize: choice.quantize } };
  const [before] = await trainer.predict(study, [asked], request.signal);
  const files = before?.files ?? [];
  await addAll(staged, [...files, preprocessingOf(model)]);
  const [after] = await trainer.predict(study, [exported], request.signal);
  return compared(work, { before, after, files });
}

/** The weights as they were trained, with the builder where they do not say the model. */
async function keptModel({ session, seed, model, request }: Work): Promise<SavedModel> {
  const text = await session.variant(request.id);
  return { ...savedAs(model, { path: session.study.modelPath, text }), path: seed.path };
}

/** A format whose layers may be the builder's own. */
const takesItsCode = (format: ExportChoice['format']): boolean =>
  format === 'tfjs' || format === 'safetensors';

/** Of weights alone it is the file that is loaded. */
const loadable = (exported: SavedModel): SavedModel =>
  exported.format === 'safetensors'
    ? { ...exported, path: `${exported.path}/model.safetensors` }
    : exported;

async function addAll(staged: StagedExport, files: readonly ExportedFile[]): Promise<void> {
  for (const file of files) await staged.add(file);
}

function compared({ session, model, choice }: Work, { before, after, files }: Answered): Written {
  if (!before || !after) throw new RangeError('a model was not answered');
  const objective = objectiveOf(session.study.config);
  return {
    ...requireSame(before, after, { model, choice, objective }),
    measures: after.measures,
    trained: before.measures,
    files: [...files, preprocessingOf(model)].map(({ name, bytes }) => ({
      name,
      bytes: bytes.length,
    })),
  };
}

interface Answered {
  readonly before: Predictions | undefined;
  readonly after: Predictions | undefined;
  readonly files: readonly ExportedFile[];
}
