import { window, type QuickPickItem } from 'vscode';
import type { StartLanguage } from '../../../propose/start/baseBuilder.ts';
import type { FirstModel } from '../../../propose/start/sketch.ts';
import type { Survey, TableSurvey } from '../../../propose/start/survey.ts';
import { plainMessage } from '../labels.ts';

/** Columns that are offered: of a hundred thousand nobody reads the rest. */
const MOST_COLUMNS = 500;

/** The column to be predicted, the likeliest first. */
export async function askTarget(survey: TableSurvey): Promise<string | undefined> {
  const { target, columns, task, notes } = survey;
  const items: readonly QuickPickItem[] = [
    { label: target.name, description: `likeliest: ${task}`, detail: firstWarning(notes) },
    ...columns.slice(0, MOST_COLUMNS).map(({ name, use, distinct }) => ({
      label: name,
      description: `${use}, ${distinct} values`,
    })),
  ];
  const picked = await window.showQuickPick(items, {
    title: 'New Model from Data (1/3)',
    placeHolder: 'Which column is to be predicted?',
  });
  return picked?.label;
}

const firstWarning = (notes: Survey['notes']): string =>
  plainMessage(notes.find(({ severity }) => severity === 'warning')?.text ?? '');

const LANGUAGES: readonly (QuickPickItem & { readonly language: StartLanguage })[] = [
  {
    label: 'TypeScript',
    description: 'TensorFlow.js; nothing else is needed',
    language: 'typescript',
  },
  {
    label: 'JavaScript',
    description: 'TensorFlow.js; nothing else is needed',
    language: 'javascript',
  },
  { label: 'Keras', description: 'Python with Keras', language: 'keras' },
  { label: 'PyTorch', description: 'Python with PyTorch', language: 'pytorch' },
];

/** What the model is to be written in. */
export const askLanguage = async (): Promise<StartLanguage | undefined> =>
  (
    await window.showQuickPick(LANGUAGES, {
      title: 'New Model from Data (2/3)',
      placeHolder: 'What is the model to be written in?',
    })
  )?.language;

/** The first model that is wanted; `null`: the best of all three. */
export async function askModel(
  survey: Survey,
  models: readonly FirstModel[],
): Promise<string | null | undefined> {
  const all = {
    label: '$(beaker) Try all three, keep the best',
    description: `${survey.rows.toLocaleString('en')} rows`,
    detail: 'Each is trained once, beside always giving the same answer and a linear model.',
    name: null,
  };
  const items = models.map(({ name, title, reason, confidence }) => ({
    label: title,
    description: `confidence ${Math.round(confidence * 100)} %`,
    detail: plainMessage(reason),
    name,
  }));
  const picked = await window.showQuickPick([all, ...items], {
    title: 'New Model from Data (3/3)',
    placeHolder: 'Which first model?',
  });
  return picked?.name;
}
