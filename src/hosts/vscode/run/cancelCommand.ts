import { window, type Disposable } from 'vscode';
import type { Host } from '../host.ts';

/**
 * "Cancel": stops the run; what has finished is kept, the running attempt is recorded as cancelled.
 */
export const createCancelCommand = ({ commands, runs }: Host): Disposable =>
  commands.register('cortex.cancel', () => {
    if (!runs.current) return void window.setStatusBarMessage('Cortex: nothing is running.', 3_000);
    runs.cancel();
    window.setStatusBarMessage('Cortex: stopping …', 3_000);
  });
