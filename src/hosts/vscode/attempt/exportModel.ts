import { join } from 'node:path';
import { commands, Uri, window, workspace, type QuickPickItem } from 'vscode';
import { comparedText, type Exported } from '../../../loop/export/exported.ts';
import type { ExportChoice } from '../../../model/formats/exportFormat.ts';
import { languageOf } from '../../../model/modelFile.ts';
import { codeOf } from '../../../model/notebook.ts';
import { frameworkOf } from '../../../model/pythonFramework.ts';
import { asCortexError } from '../errors.ts';
import type { AttemptReference } from '../contributions.ts';
import type { Host } from '../host.ts';
import { attemptLabel } from './attemptLabels.ts';
import { chooseAttempt, type ChosenAttempt } from './chooseAttempt.ts';
import { ask, inform } from '../messages.ts';

const NAME = 'Export Trained Model';
const AGAIN = 'Train Again';

interface Choice extends QuickPickItem {
  readonly choice: ExportChoice;
}

const TFJS: readonly Choice[] = [
  item('TensorFlow.js', 'model.json and shards', { format: 'tfjs', quantize: null }),
  item('TensorFlow.js, 16 bits', 'half of the size', { format: 'tfjs', quantize: '16' }),
  item('TensorFlow.js, 8 bits', 'a quarter of the size', { format: 'tfjs', quantize: '8' }),
];

const KERAS: readonly Choice[] = [
  item('Keras', 'model.keras, by the Python that is there', { format: 'keras', quantize: null }),
  item('SavedModel', 'by TensorFlow', { format: 'savedmodel', quantize: null }),
  item('TensorFlow Lite', 'by TensorFlow', { format: 'tflite', quantize: null }),
  item('TensorFlow Lite, 8 bits', 'by TensorFlow', { format: 'tflite', quantize: '8' }),
];

const TORCH: readonly Choice[] = [
  item('PyTorch', 'model.pt2 of torch.export', { format: 'torch', quantize: null }),
];

const EVERYWHERE: readonly Choice[] = [
  item('ONNX', 'by PyTorch, with the package onnx', { format: 'onnx', quantize: null }),
  item('safetensors', 'one file', { format: 'safetensors', quantize: null }),
  item('safetensors, 8 bits', 'a scale for each unit', { format: 'safetensors', quantize: '8' }),
];

/** What a model file's framework is written as, its own form first. */
async function choicesFor(modelPath: string): Promise<readonly Choice[]> {
  if (languageOf(modelPath) !== 'python') return [...TFJS, ...KERAS, ...EVERYWHERE];
  const text = Buffer.from(await workspace.fs.readFile(Uri.file(modelPath))).toString();
  const own = frameworkOf(codeOf(modelPath, text)) === 'torch' ? TORCH : KERAS;
  return [...own, ...EVERYWHERE];
}

function item(label: string, description: string, choice: ExportChoice): Choice {
  return { label, description, choice };
}

/** "Export Trained Model…": an attempt's weights as files that programs load, with a card. */
export async function exportModel(
  host: Host,
  reference: AttemptReference | undefined,
): Promise<void> {
  const chosen = await chooseAttempt(host, reference, NAME);
  const picked =
    chosen &&
    (await window.showQuickPick(choicesFor(chosen.study.modelPath), {
      title: `Cortex: ${NAME}`,
      placeHolder: 'As',
    }));
  const parents = picked && (await askFolder(chosen.study.folder));
  if (!chosen || !picked || !parents) return;
  const { study, attempt } = chosen;
  const name = `${study.name.replace(/\W+/g, '-')}-${attempt.number}-${picked.choice.format}`;
  const wanted = { ...picked.choice, folder: join(parents.fsPath, name) };
  const exported = await orTrainedAgain((missing) => run(host, chosen, { ...wanted, missing }));
  if (exported) await tell(chosen, exported);
}

type Wanted = ExportChoice & {
  readonly folder: string;
  readonly missing: 'refuse' | 'train-again';
};

const run = (host: Host, { study, attempt }: ChosenAttempt, wanted: Wanted): Promise<Exported> =>
  host.runs.start({ study, name: NAME, automatic: true }, async (signal) =>
    (await host.engine.get()).exportModel(study, { ...wanted, id: attempt.id, seed: null, signal }),
  );

async function askFolder(folder: string): Promise<Uri | undefined> {
  const [chosen] =
    (await window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: Uri.file(folder),
      openLabel: 'Export Into This Folder',
    })) ?? [];
  return chosen;
}

/** Where the weights are gone the user is asked whether the seed may train again. */
async function orTrainedAgain(
  work: (missing: Wanted['missing']) => Promise<Exported>,
): Promise<Exported | null> {
  try {
    return await work('refuse');
  } catch (thrown) {
    const error = asCortexError(thrown);
    if (error.code !== 'weights-not-kept') throw thrown;
    const answer = await ask(error.happened, null, AGAIN);
    return answer === AGAIN ? work('train-again') : null;
  }
}

function tell({ attempt }: ChosenAttempt, exported: Exported): void {
  const card = Uri.file(join(exported.folder, 'MODEL_CARD.md'));
  inform(`${attemptLabel(attempt)} is exported and was loaded again: ${comparedText(exported)}.`, {
    label: 'Show the Card',
    take: () => commands.executeCommand('vscode.open', card),
  });
}
