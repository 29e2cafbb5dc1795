import type { Surroundings } from '../../ports/surroundings.ts';
import type { Engine } from '../engine.ts';
import type { Output } from './output.ts';

/** What every command is given. */
export interface CommandContext {
  readonly engine: Engine;
  readonly output: Output;
  readonly signal: AbortSignal;
  /** The folder the user stands in, absolute. */
  readonly folder: string;
  readonly machine: Surroundings;
}

/** Flags that decide who proposes, and what that may cost. */
export interface ModelFlags {
  /** Absent: `hybrid` where a model is named, else `offline`. */
  readonly proposer?: 'offline' | 'openai' | 'hybrid';
  readonly model?: string;
  readonly baseUrl?: string;
  readonly maxTokens?: number;
  /** US dollars. */
  readonly maxCost?: number;
  /** Path of a price table. */
  readonly prices?: string;
  readonly repairs?: number;
  /** US dollars that all runs together may take. */
  readonly maxUsd?: number;
}

/** Flags that decide how the engine is made. */
export interface CommonFlags extends ModelFlags {
  readonly json?: boolean;
  readonly runtime: string;
  /** The Python that trains Python model files; absent: it is looked for. */
  readonly python?: string;
  /** Code of a proposal may run where nothing confines it. */
  readonly unprotected?: boolean;
  readonly workers?: number;
  /** Where trials train; absent: on this machine. */
  readonly executor?: string;
  /** The function that builds the model, where a file has several. */
  readonly builder?: string;
  /** Further names of functions that build a model. */
  readonly builderNames?: readonly string[];
  /** The command that trains. */
  readonly train?: string;
}

/**
 * Makes the context for one command, runs the action in it, and lets go of the workers afterwards.
 */
export type RunCommand = (
  flags: CommonFlags,
  action: (context: CommandContext) => Promise<void>,
) => Promise<void>;
