import * as z from 'zod';
import type { DeepReadonly } from '../util/deepReadonly.ts';

/** What an attempt was trained with. */
export const environmentSchema = z.object({
  cortex: z.string(),
  runtime: z.string(),
  /** Why this runtime: the probed seconds per step of each, where `auto` chose. */
  probe: z.record(z.string(), z.number()),
  versions: z.record(z.string(), z.string()),
  platform: z.string(),
  /**
   * What held code of the variant while it trained: none ran (`models as data`), a sandbox of the
   * system, or nothing but the worker's own guards (`unprotected`).
   */
  protection: z.enum(['models as data', 'bubblewrap', 'landlock', 'unprotected']).optional(),
});

/** What an attempt was trained with. */
export type Environment = DeepReadonly<z.infer<typeof environmentSchema>>;
