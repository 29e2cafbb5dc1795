import * as z from 'zod/mini';
import type { FromCurves } from '../../core/views/curvesMessages.ts';

/** What the Curves page may send. */
export const fromCurves: z.ZodMiniType<FromCurves> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('open'), id: z.string() }),
]);
