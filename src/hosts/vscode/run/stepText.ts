import type { LoopEvent } from '../../../loop/loopEvent.ts';
import { sweepLine } from '../../../loop/sweep/sweepLine.ts';
import { thinkingStep } from './thinkingText.ts';

/** What happens after an event while nothing trains; `null` where the step before goes on. */
export function stepText(event: LoopEvent, isAutomatic: boolean): string | null {
  switch (event.kind) {
    case 'diagnosed':
      return 'choosing a change';
    case 'thinking':
      return thinkingStep(event.text);
    case 'repairing':
      return `mending, step ${event.step}: ${event.failure.message}`;
    case 'proposed':
      return isAutomatic ? `checking: ${event.proposal.title}` : 'waiting for your review';
    case 'recorded':
      return 'preparing the next step';
    case 'resuming':
      return event.text;
    case 'trying':
      return `trying ${event.text}`;
    case 'sweeping':
      return sweepLine(event.standing);
    case 'notice':
    case 'dropped':
    case 'forecast':
    case 'checked':
    case 'training':
    case 'progress':
      return null;
  }
}
