import { CortexError } from '../util/errors.ts';
import type { Reply } from './protocol.ts';

type Refusal = Extract<Reply, { type: 'refused' }>['error'];

/** What the worker refused, as the error it is. */
export const refusedByWorker = (refusal: Refusal): CortexError => new CortexError(refusal);

export const workerNotStarted = (
  path: string,
  stderr: readonly string[],
  cause?: unknown,
): CortexError =>
  new CortexError({
    code: 'trainer-not-started',
    kind: 'environment',
    happened:
      `The training process (${path}) ended before it was ` +
      `ready.${stderr.length > 0 ? ` Its last words: ${stderr.slice(-5).join(' | ')}` : ''}`,
    expected: 'it to load a runtime and say so.',
    remedy:
      'Check that the Node it is started with is 22.15 or newer and that Cortex is ' +
      'completely installed.',
    cause,
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

export const notTrainable = (path: string): CortexError =>
  new CortexError({
    code: 'trainer-language',
    kind: 'input',
    happened: `${path} cannot be trained: only TypeScript and JavaScript builders can, for now.`,
    expected: 'a model file in TypeScript or JavaScript.',
    remedy: 'A Python builder can be inspected; training one comes later.',
  });

export const noRuntime = (): CortexError =>
  new CortexError({
    code: 'trainer-no-runtime',
    kind: 'environment',
    happened: 'No training runtime could be started.',
    expected: 'tfjs-node, wasm or cpu to load.',
    remedy: 'Reinstall Cortex; its wasm runtime needs nothing else.',
  });

export const trainerDisposed = (): CortexError =>
  new CortexError({
    code: 'trainer-disposed',
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
