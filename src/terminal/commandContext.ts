import type { Engine } from '../core/engine.ts';
import type { Output } from './output.ts';

/** What every command is given. */
export interface CommandContext {
  readonly engine: Engine;
  readonly output: Output;
  readonly signal: AbortSignal;
  /** The folder the user stands in, absolute. */
  readonly folder: string;
}

/** Flags that decide how the engine is made. */
export interface CommonFlags {
  readonly json?: boolean;
  readonly runtime: 'auto' | 'tfjs-node' | 'wasm' | 'cpu';
}

/** Makes the context for one command, runs the action in it, and lets go of the workers afterwards. */
export type RunCommand = (flags: CommonFlags, action: (context: CommandContext) => Promise<void>) => Promise<void>;
