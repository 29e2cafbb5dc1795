import { commands, window, type QuickPickItem } from 'vscode';
import type { ListedIdea } from '../../../search/listIdeas.ts';
import type { ModelReference } from '../contributions.ts';
import type { Host } from '../host.ts';
import { plainMessage } from '../labels.ts';
import { chooseModel } from '../study/chooseModel.ts';
import { withProgress } from './withProgress.ts';

/** "Ideas…": all that can be proposed for a model, what its log calls for first; one is tried. */
export async function showIdeas(host: Host, model: ModelReference | undefined): Promise<void> {
  const path = await chooseModel(host, model);
  if (!path) return;
  const study = await host.studies.open(path);
  const engine = await host.engine.get();
  const ideas = await withProgress('Cortex looks at the model', (signal) =>
    engine.ideas(study, signal),
  );
  const picked = await window.showQuickPick(ideas.map(itemOf), {
    title: 'Cortex: Ideas',
    placeHolder: 'What is to be proposed next? What the log calls for stands first.',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked)
    await commands.executeCommand('cortex.improveWithWish', { modelPath: path }, picked.wish);
}

const itemOf = (idea: ListedIdea): QuickPickItem & { readonly wish: string } => {
  const { name, family, here, helps, record, source } = idea;
  const [first] = here;
  const fits = first ? `called for ${Math.round(first.need * 100)} %` : 'does not fit here';
  const tried = record ? `, tried ${record.tries}, better ${record.better}` : '';
  return {
    label: `$(${first ? 'lightbulb' : 'circle-slash'}) ${name}`,
    description: `${family} · ${fits}${tried}`,
    detail: plainMessage(
      `${first ? `${first.title}. ` : ''}Against ${helps.slice(0, 3).join(', ')}. ${source}`,
    ),
    wish: `idea ${name}`,
  };
};
