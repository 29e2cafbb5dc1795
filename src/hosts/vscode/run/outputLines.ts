import type { Disposable } from 'vscode';
import { SWEPT, tagOf } from '../../../record/kinds.ts';
import type { Host } from '../host.ts';

/**
 * A line in the output for everything that was recorded, what went well like what did not: `digits
 * #3 better: Add dropout 0.3. val_loss …`. What a search tried on its way is on its page.
 */
export const createOutputLines = ({ engine, log, runs }: Host): Disposable =>
  engine.onEvent((event) => {
    if (event.kind !== 'recorded' || event.attempt.operator === SWEPT) return;
    const { study, number, title } = event.attempt;
    const name = runs.current?.study.name ?? study;
    log.info(`${name} #${number} ${tagOf(event.attempt)}: ${title}. ${event.text}`);
  });
