import type { Memento } from 'vscode';
import { ask } from '../messages.ts';

const KEY = 'mayRunUnheld';
const RUN = 'Run Unprotected';

/** Asks whether code of a proposal may run where nothing confines it: once, if it may. */
export function askOnce(memory: Memento): () => Promise<boolean> {
  let asking: Promise<boolean> | null = null;
  return async () => {
    if (memory.get<boolean>(KEY) === true) return true;
    asking ??= isAllowed().finally(() => (asking = null));
    const allowed = await asking;
    if (allowed) await memory.update(KEY, true);
    return allowed;
  };
}

async function isAllowed(): Promise<boolean> {
  const answer = await ask(
    'Nothing on this system confines the code of a proposal.',
    'It could read what you can read, and use the network. On Linux (kernel 5.13 or newer) the ' +
      'system confines it; models in TypeScript and JavaScript on the wasm runtime need no such ' +
      'protection. Your answer holds for this workspace, and the record of each attempt says ' +
      'that it was unprotected.',
    RUN,
  );
  return answer === RUN;
}
