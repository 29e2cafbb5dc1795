import type { ArtifactStore } from '../ports/artifactStore.ts';
import type { AttemptStore } from '../ports/attemptStore.ts';
import type { Clock } from '../ports/clock.ts';
import type { LanguageModel } from '../ports/languageModel.ts';
import type { ModelSyntax } from '../ports/modelSyntax.ts';
import type { OtherStudies } from '../ports/otherStudies.ts';
import type { Random } from '../ports/random.ts';
import type { Reviewer } from '../ports/reviewer.ts';
import type { Searcher } from '../ports/searcher.ts';
import type { StudyFiles } from '../ports/studyFiles.ts';
import type { Trainer } from '../ports/trainer.ts';
import type { LoopEvent } from './loopEvent.ts';

/** All ports of the loop in one value. */
export interface Ports {
  readonly clock: Clock;
  readonly random: Random;
  readonly syntax: ModelSyntax;
  readonly files: StudyFiles;
  readonly trainer: Trainer;
  readonly store: AttemptStore;
  /** Trained weights; absent: none are kept. */
  readonly artifacts?: ArtifactStore;
  /** Studies that a search may learn from; absent: none. */
  readonly others?: OtherStudies;
  readonly searcher: Searcher;
  /** Takes part in the search of a space; absent: nobody does. */
  readonly partner?: LanguageModel;
  readonly reviewer: Reviewer;
  readonly onEvent: (event: LoopEvent) => void;
  /** SHA-256 of a text, in hex. */
  readonly hash: (text: string) => string;
  /** How often a failure goes back to the searcher; 4 where it is not said. */
  readonly repairAttempts?: number;
}
