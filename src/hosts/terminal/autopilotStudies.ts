import { resolve, sep } from 'node:path';
import type { Study } from '../../study/study.ts';
import { isReplayName } from '../../study/replayName.ts';
import { keptOf } from '../../loop/autopilot/words.ts';
import { autopilotDocument } from '../../show/documents/autopilotDocument.ts';
import { OBSERVE_SECONDS, openTrainable } from '../openTrainable.ts';
import { reportLines } from './autopilotLines.ts';
import type { CommandContext } from './commandContext.ts';

/**
 * The studies that are meant: a model file's, those of the repository at or below a folder, or all
 * of the repository. `open` gives that of a file; nothing of the user's is run where it does not.
 */
export async function studiesMeant(
  models: readonly string[],
  { engine, folder }: CommandContext,
  open: (path: string) => Promise<Study> = (path) => engine.openStudy(path),
): Promise<readonly Study[]> {
  const all = (await engine.studies(folder)).filter(({ name }) => !isReplayName(name));
  if (models.length === 0 && all.length > 0) return all;
  const named = models.length === 0 ? [folder] : models.map((model) => resolve(folder, model));
  const found = await Promise.all(
    named.map(async (path) => {
      const below = all.filter(({ modelPath }) => modelPath.startsWith(`${path}${sep}`));
      return below.length > 0 ? below : [await open(path)];
    }),
  );
  return [...new Map(found.flat().map((study) => [study.name, study])).values()];
}

/** The same for what is to be trained: a script that can say on what is run once for that. */
export const trainableStudies = (
  models: readonly string[],
  context: CommandContext,
): Promise<readonly Study[]> => {
  const { engine, signal, output } = context;
  const say = (text: string): void => {
    output.print(text);
  };
  return studiesMeant(models, context, (path) =>
    openTrainable(engine, path, { seconds: OBSERVE_SECONDS, signal, say }),
  );
};

/** Prints what was tried, found and spent; `ended`: why the run ended, `null`: none did. */
export async function printReport(
  studies: readonly Study[],
  ended: string | null,
  context: CommandContext,
): Promise<void> {
  const { engine, output } = context;
  const reports = await Promise.all(
    studies.map(async (study) => autopilotDocument(await keptOf(study, engine.autopilots), engine)),
  );
  output.document('autopilot', { ended, studies: reports });
  for (const line of reports.flatMap(reportLines)) output.print(line);
  if (ended !== null) output.print(`\n${ended}`);
}
