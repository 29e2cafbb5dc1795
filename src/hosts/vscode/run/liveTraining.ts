import type { LoopEvent } from '../../../loop/loopEvent.ts';
import type { TrainProgress } from '../../../ports/trainer.ts';

/** What is being trained right now. */
export interface LiveTraining {
  readonly attemptId: string;
  readonly number: number;
  readonly title: string;
  readonly progress: TrainProgress | null;
}

/** The training under way after an event; `null` when nothing trains. */
export function followTraining(live: LiveTraining | null, event: LoopEvent): LiveTraining | null {
  switch (event.kind) {
    case 'training':
      return {
        attemptId: event.attemptId,
        number: event.number,
        title: event.title,
        progress: null,
      };
    case 'progress':
      return live?.attemptId === event.attemptId ? { ...live, progress: event.progress } : live;
    case 'recorded':
      return live?.attemptId === event.attempt.id ? null : live;
    case 'forecast':
    case 'checked':
    case 'trying':
    case 'resuming':
    case 'notice':
    case 'dropped':
    case 'diagnosed':
    case 'thinking':
    case 'repairing':
    case 'proposed':
      return live;
    // Many train: none of them is the one.
    case 'sweeping':
      return null;
  }
}
