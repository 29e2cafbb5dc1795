import { commands } from 'vscode';
import type { ContextKeys } from './contributions.ts';

/** Sets a context key for `when` clauses. */
export function setContext<Key extends keyof ContextKeys>(key: Key, value: ContextKeys[Key]): void {
  void commands.executeCommand('setContext', key, value);
}
