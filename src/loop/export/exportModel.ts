import { objectiveOf } from '../../record/objectives.ts';
import type { Study } from '../../study/study.ts';
import type { ExportFolders } from '../../ports/exportFolders.ts';
import { readModel, type TrainedModel } from '../../model/trainedModel.ts';
import type { Ports } from '../ports.ts';
import { openSession, type StudySession } from '../studySession.ts';
import { requireSame, type Compared } from './compareLoaded.ts';
import { filesOf } from './filesOf.ts';
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
  const session = await openSession(study, ports);
  const summary = session.history.find(({ id }) => id === request.id);
  if (!summary) throw new RangeError(`${request.id} is not of this study`);
  const seed = await trainedSeed(session, summary, request, ports);
  const model = readModel(seed.file);
  const staged = await ports.exports.stage(request.folder);
  try {
    const files = filesOf(model, request);
    for (const file of files) await staged.add(file);
    const [compared, data] = await Promise.all([
      compare(session, { seed, model, request, path: staged.path }, ports),
      session.profile(request.signal),
    ]);
    const exported: Exported = {
      ...compared,
      seed: seed.trial.seed,
      folder: request.folder,
      files: files.map(({ name, bytes }) => ({ name, bytes: bytes.length })),
    };
    const facts = await cardFacts(session, { summary, model, choice: request, exported, data });
    await staged.add({ name: 'MODEL_CARD.md', bytes: new TextEncoder().encode(modelCard(facts)) });
    await staged.publish();
    return exported;
  } finally {
    await staged.discard();
  }
}

interface Comparing {
  readonly seed: TrainedSeed;
  readonly model: TrainedModel;
  readonly request: ExportRequest;
  /** Absolute folder of the export as it stands. */
  readonly path: string;
}

async function compare(
  session: StudySession,
  { seed, model, request, path }: Comparing,
  { trainer }: Pick<Ports, 'trainer'>,
): Promise<Compared & Pick<Exported, 'measures' | 'trained'>> {
  const { reading, framework } = model.facts;
  const source = framework === 'tfjs' ? {} : { source: await session.variant(request.id) };
  const written =
    request.format === 'tfjs'
      ? ({ format: 'tfjs', path } as const)
      : ({ format: 'safetensors', path: `${path}/model.safetensors` } as const);
  const [before, after] = await trainer.predict(
    session.study,
    [
      { format: 'safetensors', path: seed.path, reading, timed: false, ...source },
      { ...written, reading, timed: true, ...source },
    ],
    request.signal,
  );
  if (!before || !after) throw new RangeError('a model was not answered');
  const compared = requireSame(before, after, {
    model,
    choice: request,
    objective: objectiveOf(session.study.config),
  });
  return { ...compared, measures: after.measures, trained: before.measures };
}
