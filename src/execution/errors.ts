import type { Runtime } from '../model/runtime.ts';
import { CortexError } from '../util/errors.ts';
import type { Launch } from './launch.ts';
import type { Reply } from './protocol.ts';

type Refusal = Extract<Reply, { type: 'refused' }>['error'];

/** What the worker refused, as the error it is. */
export const refusedByWorker = (refusal: Refusal): CortexError => new CortexError(refusal);

export const workerNotStarted = (
  { program, arguments: given }: Pick<Launch, 'program' | 'arguments'>,
  stderr: readonly string[],
): CortexError =>
  new CortexError({
    code: 'trainer-not-started',
    kind: 'environment',
    happened:
      `The training process (${given.at(-1) ?? program}) ended before it was ` +
      `ready.${stderr.length > 0 ? ` Its last words: ${stderr.slice(-5).join(' | ')}` : ''}`,
    expected: 'it to load a runtime and say so.',
    remedy:
      'Check that the program it is started with is new enough (Node 22.15) and that Cortex is ' +
      'completely installed.',
  });

export const workerSilent = (seconds: number): CortexError =>
  new CortexError({
    code: 'trainer-start-timeout',
    kind: 'environment',
    happened: `The training process did not answer within ${seconds} s of its start.`,
    expected: 'it to load a runtime within that time.',
    remedy: 'See whether the machine is overloaded, then try again.',
  });

export const wrongProtocol = (own: number, got: number): CortexError =>
  new CortexError({
    code: 'trainer-protocol-mismatch',
    kind: 'environment',
    happened: `Cortex speaks version ${own} of the training protocol, its worker version ${got}.`,
    expected: 'both to come from the same installation.',
    remedy: 'Reinstall Cortex (or run `npm run build` again).',
  });

/** Foreign code would run with nothing around it, and the user has not said that it may. */
export const notHeld = (runtime: string): CortexError =>
  new CortexError({
    code: 'trainer-not-held',
    kind: 'environment',
    happened:
      `Nothing on this system confines the code of a proposal on ${runtime}: it could read what ` +
      'you can read, and use the network.',
    expected: 'Linux with Landlock (kernel 5.13 or newer), or your word that it may run as it is.',
    remedy:
      'Read what is proposed (cortex propose), then add --unprotected; in VS Code, allow it when ' +
      'you are asked. The record of each attempt says that it was unprotected.',
  });

export const notTrainable = (path: string, runtimes: readonly Runtime[]): CortexError =>
  new CortexError({
    code: 'trainer-language',
    kind: 'input',
    happened: `${path} cannot be trained: no runtime here takes its language.`,
    expected: `a model file in ${languagesOf(runtimes)}.`,
    remedy:
      'Name the command that trains it under "train" in cortex.json, or write the model in one ' +
      'of these languages.',
  });

/** Nobody said where the Python worker is: an installation without it. */
export const pythonNotHere = (path: string): CortexError =>
  new CortexError({
    code: 'trainer-language',
    kind: 'input',
    happened: `${path} cannot be trained: this Cortex has no Python worker.`,
    expected: 'a model file in TypeScript or JavaScript.',
    remedy: 'Reinstall Cortex; the file can be inspected all the same.',
  });

const languagesOf = (runtimes: readonly Runtime[]): string =>
  [...new Set(runtimes.flatMap(({ languages }) => languages))].join(', ');

export const noRuntime = (runtimes: readonly Runtime[]): CortexError =>
  new CortexError({
    code: 'trainer-no-runtime',
    kind: 'environment',
    happened: 'No training runtime could be started.',
    expected: `one of these to load: ${runtimes.map(({ name }) => name).join(', ')}.`,
    remedy: 'Reinstall Cortex, or what the model trains with.',
  });

/** The code under which work ends because the program does. */
export const TRAINER_DISPOSED = 'trainer-disposed';

export const trainerDisposed = (): CortexError =>
  new CortexError({
    code: TRAINER_DISPOSED,
    kind: 'cancelled',
    happened: 'The trainer was shut down.',
    expected: 'it to be running.',
    remedy: 'Start again.',
  });

/** Reading the data came to no end; `reason` says how. */
export const dataNotRead = (reason: string, stderr: readonly string[]): CortexError =>
  new CortexError({
    code: 'data-not-read',
    kind: 'input',
    happened:
      `Reading the study's data failed: ` +
      `${reason}${stderr.length > 0 ? ` Last words: ${stderr.slice(-5).join(' | ')}` : ''}`,
    expected: 'loadData (or the CSV table) to be read within the limits of the study.',
    remedy: 'Correct the data module, or raise "limits" in cortex.json.',
  });
