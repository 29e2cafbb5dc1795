import { Uri, window, workspace } from 'vscode';
import { arrangeAttempts } from '../../../show/arrange/arrangeAttempts.ts';
import type { ModelReference } from '../contributions.ts';
import type { Host } from '../host.ts';
import { readStudy } from './readStudy.ts';
import { objectiveOf } from '../../../record/objectives.ts';

/** What is shown is what is written: the same filter and the same order. */
export async function exportHistory(
  host: Host,
  reference: ModelReference | undefined,
): Promise<void> {
  const entry = await readStudy(host, reference);
  if (!entry) return;
  const { study, attempts } = entry;
  const choice = await window.showQuickPick(
    [
      { label: 'HTML report', format: 'html' as const },
      { label: 'CSV table', format: 'csv' as const },
      { label: 'JSON document', format: 'json' as const },
    ],
    { title: `Cortex: Export ${study.name}` },
  );
  if (!choice) return;
  const place = await window.showSaveDialog({
    defaultUri: Uri.joinPath(Uri.file(study.folder), `${study.name}-history.${choice.format}`),
    filters: { [choice.label]: [choice.format] },
  });
  if (!place) return;
  const shown = arrangeAttempts(attempts, host.arranging.current, {
    objective: objectiveOf(study.config),
    marks: await host.arranging.marksOf(study),
  }).attempts;
  const text = await (
    await host.engine.get()
  ).exportHistory(study, { ids: shown.map(({ id }) => id), format: choice.format });
  await workspace.fs.writeFile(place, new TextEncoder().encode(text));
  window.setStatusBarMessage(`${shown.length} attempts written to ${place.fsPath}`, 6_000);
}
