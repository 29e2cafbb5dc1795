import * as z from 'zod';
import type { CortexError } from '../util/errors.ts';

/** What a worker does not do, and why. */
export const refusalSchema = z.object({
  code: z.string(),
  kind: z.enum(['input', 'environment', 'defect']),
  happened: z.string(),
  expected: z.string(),
  remedy: z.string(),
});

/** An error as a message carries it. */
export function refusalOf(error: CortexError): z.infer<typeof refusalSchema> {
  const { code, happened, expected, remedy } = error;
  const kind = error.kind === 'input' || error.kind === 'environment' ? error.kind : 'defect';
  return { code, kind, happened, expected, remedy };
}
