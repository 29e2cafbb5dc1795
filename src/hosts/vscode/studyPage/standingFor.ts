import { workspace } from 'vscode';
import { objectivesOf } from '../../../record/objectives.ts';
import type { ToStudy } from '../../../show/views/studyMessages.ts';
import { standingOf } from '../history/standing.ts';
import type { Host } from '../host.ts';
import type { StudyEntry } from '../study/studies.ts';

/** Which attempt is the best, and which one the user's file holds now, unsaved text included. */
export async function standingFor(
  { study, attempts, hasFile }: Extract<StudyEntry, { state: 'ready' }>,
  { engine }: Host,
): Promise<ToStudy> {
  const best = standingOf(attempts, objectivesOf(study.config)).best?.id ?? null;
  if (!hasFile) return { kind: 'standing', best, file: null, hasFile };
  const text = (await workspace.openTextDocument(study.modelPath)).getText();
  const held = await (await engine.get()).attemptOfCode(study, text);
  return { kind: 'standing', best, file: held?.id ?? null, hasFile };
}
