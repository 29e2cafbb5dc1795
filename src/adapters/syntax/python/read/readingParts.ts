import type { BuilderChoice } from '../../../../model/modelFile.ts';
import type { Lines } from '../../read/lines.ts';
import type { PythonModule } from '../code/tree.ts';
import type { MaybeBuilder } from './candidates.ts';
import type { Outcome } from './followBuilder.ts';
import type { Interpreter } from './interpreter.ts';
import type { Scope } from './scope.ts';

interface Opened {
  readonly interpreter: Interpreter;
  readonly scope: Scope;
}

/** All that a reading is put together from. */
export interface Parts {
  readonly module: PythonModule;
  readonly lines: Lines;
  readonly builder: MaybeBuilder;
  readonly outcome: Outcome;
  readonly opened: Opened;
  /** The file as it runs by itself. */
  readonly script: Opened;
  readonly choice: BuilderChoice;
}
