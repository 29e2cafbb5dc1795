import { Range, window, type TextEditor } from 'vscode';
import { numbersToName, type NamelessNumber } from '../../../log/numbersToName.ts';
import { fileName } from '../../../util/fileName.ts';
import type { LogReference } from '../contributions.ts';
import { noOpenLogError } from '../errors.ts';
import type { Host } from '../host.ts';
import { logInFront } from './logInFront.ts';
import { inform } from '../messages.ts';

/** Names that a number of a log most often has. */
const NAMES = ['val_loss', 'loss', 'val_accuracy', 'accuracy', 'test_loss', 'lr', 'epoch', 'step'];
const TITLE = 'Cortex: This Number Is…';
/** Lines at the beginning of a log in which those that come most often are looked for. */
const FIRST_LINES = 2_000;

/**
 * The number at the cursor of a log, or one that is asked for where the CodeLens was clicked, is
 * this series: from now on lines like it are read so.
 */
export async function nameNumber(
  { engine, logs }: Host,
  log: LogReference | undefined,
): Promise<void> {
  const editor = window.activeTextEditor;
  const logPath = logInFront();
  if (!editor || logPath === null) throw noOpenLogError();
  const isOfLens = log !== undefined && 'logPath' in log;
  const place = isOfLens ? await choosePlace(editor) : atCursor(editor);
  const name = place && (await chooseName());
  if (place === undefined || name === undefined) return;
  const line = editor.document.lineAt(place.line).text;
  const loaded = await engine.get();
  const { path, pattern } = await loaded.nameInLog(logPath, { line, offset: place.offset, name });
  logs.readAgain(logPath);
  inform(`${fileName(logPath)}: this number is ${name}. ${fileName(path)} says so: ${pattern}`);
}

type Place = Pick<NamelessNumber, 'line' | 'offset'>;

const atCursor = ({ selection: { active } }: TextEditor): Place => ({
  line: active.line,
  offset: active.character,
});

async function choosePlace({ document }: TextEditor): Promise<Place | undefined> {
  const numbers = numbersToName(document.getText(new Range(0, 0, FIRST_LINES, 0)));
  return window.showQuickPick(
    numbers.map((number) => ({ ...number, description: `line ${number.line + 1}` })),
    { title: TITLE, placeHolder: 'Number of the lines that come most often' },
  );
}

async function chooseName(): Promise<string | undefined> {
  const other = 'Another Name…';
  const chosen = await window.showQuickPick([...NAMES, other], {
    title: TITLE,
    placeHolder: 'Series',
  });
  if (chosen !== other) return chosen;
  const name = await window.showInputBox({
    title: TITLE,
    prompt: 'Name of the series',
    validateInput: (text) =>
      /^[A-Za-z_][\w@./-]*$/.test(text) ? undefined : 'A letter, then letters, digits and _.',
  });
  return name;
}
