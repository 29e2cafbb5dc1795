import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type {
  CallToolResult,
  ServerNotification,
  ServerRequest,
  ToolAnnotations,
} from '@modelcontextprotocol/sdk/types.js';
import * as z from 'zod';
import type { Engine } from '../engine.ts';

/** One call as the protocol hands it over: its cancellation, and where its progress is told. */
export type ToolCall = Pick<
  RequestHandlerExtra<ServerRequest, ServerNotification>,
  'signal' | '_meta' | 'sendNotification'
>;

/** What every tool is given. */
export interface ToolContext {
  /** Makes a path absolute. */
  readonly resolvePath: (path: string) => string;
  /**
   * Runs one call on an engine that tells it alone of its work, as `say` does: failures become
   * results, and it ends with the client's cancellation or the server's end.
   */
  readonly run: (
    call: ToolCall,
    work: (
      signal: AbortSignal,
      engine: Engine,
      say: (text: string) => void,
    ) => Promise<CallToolResult>,
  ) => Promise<CallToolResult>;
}

/** The argument that names a model file. */
export const model = z
  .string()
  .min(1)
  .describe(
    'Path of the model file (with a build_model or buildModel function), or of the folder ' +
      'that holds it',
  );

// A proposal may be asked of a server elsewhere, so only this tool reaches an open world.
/** What tools that change nothing say of themselves. */
export const reads: ToolAnnotations = {
  readOnlyHint: true,
  destructiveHint: false,
  openWorldHint: false,
};

// Additive: a commit on a branch of its own, nothing overwritten.
/** What tools that train and record say of themselves. */
export const trains: ToolAnnotations = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: false,
  openWorldHint: false,
};
