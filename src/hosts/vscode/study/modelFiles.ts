import { RelativePattern, Uri, workspace, type TextDocument } from 'vscode';
import { languageOf } from '../../../model/modelFile.ts';
import { readSetting } from '../settings.ts';
import { builderLine } from './builderText.ts';

const sources = '{ts,tsx,mts,cts,js,jsx,mjs,cjs,py}';
const elsewhere = '**/{node_modules,dist,out,build,.git,.venv}/**';

/** Documents that may hold a builder. */
export const modelLanguages = [
  'typescript',
  'typescriptreact',
  'javascript',
  'javascriptreact',
  'python',
].map((language) => ({ language, scheme: 'file' }));

/** The line of the builder in an open file on disk (see `builderLine`). */
export function builderLineIn(document: TextDocument): number | null {
  const language = languageOf(document.fileName);
  if (document.uri.scheme !== 'file' || !language) return null;
  return builderLine(document.getText(), language === 'python', readSetting('builderNames'));
}

const NAMED = '{*[mM]odel*,[tT]rain*,*[nN]et*,main*}';

/**
 * Looks for model files: files named after models and training, and those beside a study file. A
 * bounded search: the first few hundred files.
 */
export async function findModelFiles(): Promise<readonly string[]> {
  const named = await workspace.findFiles(`**/${NAMED}.${sources}`, elsewhere, 200);
  const studies = await workspace.findFiles('**/cortex.json', elsewhere, 100);
  const beside = await Promise.all(
    studies.map((study) =>
      workspace.findFiles(
        new RelativePattern(Uri.joinPath(study, '..'), `*.${sources}`),
        elsewhere,
        50,
      ),
    ),
  );
  const candidates = new Map([...named, ...beside.flat()].map((uri) => [uri.fsPath, uri]));
  const found: string[] = [];
  for (const [path, uri] of candidates) if (await holdsBuilder(uri)) found.push(path);
  return found.sort((a, b) => a.localeCompare(b));
}

async function holdsBuilder(uri: Uri): Promise<boolean> {
  const { size } = await workspace.fs.stat(uri);
  if (size > 1_000_000) return false;
  const text = new TextDecoder().decode(await workspace.fs.readFile(uri));
  return builderLine(text, uri.fsPath.endsWith('.py'), readSetting('builderNames')) !== null;
}
