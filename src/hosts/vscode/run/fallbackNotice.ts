import { type Disposable } from 'vscode';
import { runCommand } from '../runCommand.ts';
import type { Host } from '../host.ts';
import { warn } from '../messages.ts';

/**
 * Says once a run when the offline engine had to take a round, and why: a refused key must not look
 * like a choice.
 */
export function createFallbackNotice({ engine, runs, log }: Host): Disposable {
  let told: unknown = null;
  return engine.onEvent((event) => {
    if (event.kind !== 'proposed' || event.proposal.proposer !== 'offline') return;
    const [warning] = event.proposal.warnings ?? [];
    if (warning === undefined || told === runs.current) return;
    told = runs.current;
    log.warn(warning);
    warn(warning, { label: 'Open Settings', take: () => runCommand('cortex.openSettings') });
  });
}
