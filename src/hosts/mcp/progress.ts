import type { ServerNotification } from '@modelcontextprotocol/sdk/types.js';
import type { LoopEvent } from '../../loop/loopEvent.ts';
import { sweepLine } from '../../loop/sweep/sweepLine.ts';

/** A call whose client wants to hear how it goes on. */
interface Listener {
  readonly progressToken: string | number;
  readonly send: (notification: ServerNotification) => Promise<void>;
}

/**
 * Tells a client what happens while its call runs, as progress notifications; a client that no
 * longer listens stops nothing.
 */
export function tellProgress({ progressToken, send }: Listener): (event: LoopEvent) => void {
  let progress = 0;
  return (event) => {
    const message = messageOf(event);
    if (message === null) return;
    progress += 1;
    send({ method: 'notifications/progress', params: { progressToken, progress, message } }).catch(
      () => undefined,
    );
  };
}

function messageOf(event: LoopEvent): string | null {
  switch (event.kind) {
    case 'training':
      return `Training #${event.number} ${event.title}`;
    case 'progress': {
      const { seedIndex, seedCount, epoch, epochs, secondsLeft } = event.progress;
      return (
        `seed ${seedIndex + 1}/${seedCount}, epoch ` +
        `${epoch}/${epochs}${secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft)} s left`}`
      );
    }
    case 'thinking':
      return `The language model writes: ${event.text.length} characters`;
    case 'sweeping':
      return sweepLine(event.standing);
    case 'repairing':
      return `Mending, step ${event.step}: ${event.failure.message}`;
    case 'notice':
    case 'recorded':
      return event.text;
    default:
      return null;
  }
}
