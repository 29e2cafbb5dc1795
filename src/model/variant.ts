import * as z from 'zod';
import type { DeepReadonly } from '../util/deepReadonly.ts';

/** {@link Variant} as a message carries it. */
export const variantSchema = z.object({ path: z.string(), text: z.string() });

/** The source that is trained: the text that stands in for the file at `path`. */
export type Variant = DeepReadonly<z.infer<typeof variantSchema>>;
