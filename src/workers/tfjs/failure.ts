import type { Failure } from '../../record/trial.ts';
import { basename } from 'node:path';
import { lineOfError } from './modules/placeOfError.ts';
import type { UserModules } from './modules/userModules.ts';
import { realPathOf } from './modules/userPath.ts';
import { BuiltElsewhereError } from './modelSource.ts';
import { VariantFault } from './variantFault.ts';

/** Names what a variant threw, with the line in the model file where the stack leads there. */
export function toFailure(error: unknown, path: string, modules: UserModules): Failure {
  if (error instanceof BuiltElsewhereError) return error.failure;
  const modelPath = realPathOf(path);
  if (error instanceof VariantFault)
    return {
      kind: error.kind,
      message: messageOf(error, modelPath),
      line: lineIn(error, modelPath),
      stderr: [],
    };
  const line = lineOfError(error, modelPath, modules.mapOf(modelPath));
  return { ...nameOf(error), line, stderr: [] };
}

const lineIn = (fault: VariantFault, modelPath: string): number | null =>
  fault.place?.path === modelPath ? fault.place.line : null;

const messageOf = (fault: VariantFault, modelPath: string): string =>
  fault.place && fault.place.path !== modelPath
    ? `${fault.message} (${fault.place.path}:${fault.place.line})`
    : fault.message;

/** Names that only a page has. */
const OF_A_PAGE =
  /^(document|window|navigator|localStorage|sessionStorage|HTML\w*Element|Image|alert|self|p5|location) is not defined/;

/** Where a file of the user's asks for a page, and what to do; `null` for other errors. */
function browserWords(error: unknown): string | null {
  const name = error instanceof ReferenceError ? OF_A_PAGE.exec(error.message)?.[1] : undefined;
  if (name === undefined || !(error instanceof Error)) return null;
  const frame = /file:\/\/([^\s?)]+?)(?:\?[^:\s]*)?:(\d+)(?::\d+)?/.exec(error.stack ?? '');
  const place = frame ? `${basename(decodeURI(frame[1] ?? ''))}, line ${frame[2] ?? ''},` : 'It';
  return (
    `${place} needs a browser (${name}). Move the builder into a file of its own that imports no ` +
    'page.'
  );
}

function nameOf(error: unknown): Pick<Failure, 'kind' | 'message'> {
  const text = error instanceof Error ? error.message : String(error);
  const browser = browserWords(error);
  if (browser !== null) return { kind: 'builder', message: browser };
  if (isDenied(error))
    return {
      kind: 'refused',
      message:
        'The code asked for something a trainer may not do (write a file, start a process or ' +
        `thread): ${text}`,
    };
  if (error instanceof SyntaxError) return { kind: 'syntax', message: `Syntax error: ${text}` };
  if (/array buffer allocation failed|out of memory/i.test(text))
    return { kind: 'memory', message: `Memory ran out: ${text}` };
  return { kind: 'builder', message: text };
}

const isDenied = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_ACCESS_DENIED';
