import { window, type Disposable } from 'vscode';
import type { SweepReport } from '../../../loop/sweep/searchModel.ts';
import { unprovenText } from '../../../show/unproven.ts';
import type { ModelReference } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { runCommand } from '../runCommand.ts';
import { prepareModel } from '../study/prepareModel.ts';
import { readSetting } from '../settings.ts';
import { searchSeed } from '../run/searchSeed.ts';
import { SearchPages } from './searchPage.ts';
import { inform } from '../messages.ts';

/**
 * "Search Architecture": structure and numbers together, with a page that shows how it stands;
 * "Tune Marked Numbers": of these what the model file marks.
 */
export function createSearchCommand(host: Host): Disposable {
  const disposables = new Disposables();
  const pages = disposables.add(new SearchPages(host));
  const everything = { scope: 'everything', title: 'Search Architecture' } as const;
  const marked = { scope: 'marked', title: 'Tune Marked Numbers' } as const;
  disposables.add(
    host.commands.register('cortex.search', (model) =>
      search(host, pages, { ...everything, model }),
    ),
    host.commands.register('cortex.tune', (model) => search(host, pages, { ...marked, model })),
  );
  return disposables;
}

interface Asked {
  readonly model: ModelReference | undefined;
  readonly scope: 'everything' | 'marked';
  readonly title: string;
}

async function search(
  host: Host,
  pages: SearchPages,
  { model, scope, title }: Asked,
): Promise<void> {
  const study = await prepareModel(host, model);
  const minutes = study && (await askMinutes(`${title} of ${study.name}`));
  if (!study || minutes === undefined) return;
  const { modelPath, name } = study;
  pages.show(modelPath);
  pages.tell(modelPath, { name, standing: null, isRunning: true, end: '' });
  const listening = host.engine.onEvent((event) => {
    if (event.kind === 'sweeping') pages.tell(modelPath, { standing: event.standing });
  });
  try {
    const report = await host.runs.start(
      { study, name: `${title}, ${minutes} minutes`, automatic: false },
      async (signal) =>
        (await host.engine.get()).search(study, {
          minutes,
          scope,
          experience: readSetting('search.experience'),
          seed: searchSeed(),
          signal,
        }),
    );
    pages.tell(modelPath, { standing: report.standing, end: endText(report) });
    announce(modelPath, report);
  } finally {
    listening.dispose();
    pages.tell(modelPath, { isRunning: false });
  }
}

const MINUTES = 10;

async function askMinutes(title: string): Promise<number | undefined> {
  const answer = await window.showInputBox({
    title: `Cortex: ${title}`,
    prompt:
      'How many minutes? Many short trainings, structure and numbers together; your file stays ' +
      'as it is, and what is best comes back as a proposal.',
    value: String(MINUTES),
    validateInput: (text) =>
      Number(text) > 0 && Number.isFinite(Number(text)) ? undefined : 'Minutes above 0, please.',
  });
  return answer === undefined ? undefined : Number(answer);
}

const endText = ({ stopped, winner, text, attempts }: SweepReport): string =>
  `${text} Ended: ${stopped}. ` +
  (winner
    ? `#${winner.number} is better than the model as it is, on new seeds.`
    : unprovenText(attempts));

function announce(modelPath: string, report: SweepReport): void {
  const reference = { modelPath, attemptId: (report.winner ?? report.sweep).id };
  const apply = {
    label: 'Apply to My File',
    take: () => runCommand('cortex.applyAttempt', reference),
  };
  const show = { label: 'Show Attempt', take: () => runCommand('cortex.showAttempt', reference) };
  inform(endText(report), ...(report.winner ? [apply] : []), show);
}
