import { readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { window, type QuickPickItem } from 'vscode';
import { fileName } from '../../../util/fileName.ts';
import type { ModelReference } from '../contributions.ts';
import type { Host } from '../host.ts';
import { chooseModel } from '../study/chooseModel.ts';
import { dataText, lackIn, rowsOf, studyFileOf, type Field } from './form.ts';
import { inferForm, withTable, type Inferred } from './inferForm.ts';

const STUDY_FILE = 'cortex.json';

/**
 * "Set Up Cortex…": one form with all that a study needs, filled from the project; it writes the
 * study file and goes on with what was asked. Closing it writes nothing.
 */
export async function setUp(
  host: Host,
  reference: ModelReference | undefined,
  andThen: (() => Promise<void>) | undefined,
): Promise<void> {
  const modelPath = await chooseModel(host, reference);
  if (!modelPath) return;
  const filled = await fill(host, await inferForm(host, modelPath));
  if (!filled) return;
  const { study, form } = filled;
  const path = join(study.folder, STUDY_FILE);
  const own = JSON.parse(await readFile(path, 'utf8').catch(() => '{}')) as Readonly<
    Record<string, unknown>
  >;
  const model = relative(study.folder, modelPath).split(sep).join('/');
  await writeFile(path, `${JSON.stringify(studyFileOf(form, own, model), null, 2)}\n`);
  window.setStatusBarMessage(`$(check) ${STUDY_FILE} is written.`, 5_000);
  // A menu gives what is selected in its place.
  if (typeof andThen === 'function') await andThen();
}

type FormItem = QuickPickItem & { readonly field: Field | 'write' };

/** Shows the form until it is written or closed; a row that is chosen is changed. */
async function fill(host: Host, start: Inferred): Promise<Inferred | undefined> {
  let now = start;
  for (;;) {
    const picked = await window.showQuickPick(itemsOf(now), {
      title: `Set Up Cortex for ${fileName(now.study.modelPath)}`,
      placeHolder: 'What was found in the project; choose a line to change it',
      ignoreFocusOut: true,
    });
    if (!picked) return undefined;
    if (picked.field === 'write' && lackIn(now.form) === null) return now;
    now = await changed(host, now, picked.field === 'write' ? 'data' : picked.field);
  }
}

function itemsOf({ form, study }: Inferred): readonly FormItem[] {
  const lack = lackIn(form);
  return [
    {
      field: 'write',
      label: lack === null ? `$(check) Write ${STUDY_FILE} and Continue` : `$(warning) ${lack}`,
      description: fileName(study.folder),
    },
    ...rowsOf(form).map(({ field, label, value, from }) => ({
      field,
      label: `${label}: ${value}`,
      description: from,
    })),
  ];
}

async function changed(host: Host, now: Inferred, field: Field): Promise<Inferred> {
  const { form, choices, study } = now;
  switch (field) {
    case 'builder':
      return { ...now, form: { ...form, builder: await pick(choices.builders, form.builder) } };
    case 'data': {
      const word = await pick(choices.data.map(dataText), null);
      const data = choices.data.find((each) => dataText(each) === word) ?? form.data;
      return again(host, now, { ...form, data, target: null });
    }
    case 'target':
      return again(host, now, { ...form, target: await pick(choices.columns, form.target) });
    case 'task': {
      const task = await pick(['classification', 'regression'], form.task);
      return { ...now, form: { ...form, task: task === 'regression' ? task : 'classification' } };
    }
    case 'objective':
      return { ...now, form: { ...form, objective: await pick(METRICS, form.objective) } };
    case 'epochs':
    case 'batchSize': {
      const value = await count(form[field]);
      const lengths = { ...form.lengths, [field]: 'as you say' };
      return { study, choices, form: { ...form, [field]: value, lengths } };
    }
  }
}

const METRICS = ['val_loss', 'val_accuracy', 'val_f1', 'val_auc', 'val_mae', 'val_rmse', 'val_r2'];

const again = async (host: Host, { study, choices }: Inferred, form: Inferred['form']) => ({
  study,
  ...(await withTable(await host.engine.get(), study, { form, choices })),
});

/** One of these; as it was where the list is closed. */
const pick = async <Kept extends string | null>(
  items: readonly string[],
  kept: Kept,
): Promise<string | Kept> =>
  (await window.showQuickPick(items, { title: 'Set Up Cortex', ignoreFocusOut: true })) ?? kept;

async function count(kept: number): Promise<number> {
  const text = await window.showInputBox({
    title: 'Set Up Cortex',
    value: String(kept),
    ignoreFocusOut: true,
    validateInput: (value) => (/^[1-9]\d*$/.test(value) ? null : 'A whole number from 1 on'),
  });
  return text === undefined ? kept : Number(text);
}
