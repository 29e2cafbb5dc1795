import * as z from 'zod';

/** What a worker does not do, and why. */
export const refusalSchema = z.object({
  code: z.string(),
  kind: z.enum(['input', 'environment', 'defect']),
  happened: z.string(),
  expected: z.string(),
  remedy: z.string(),
});
