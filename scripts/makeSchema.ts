/**
 * Writes media/cortex.schema.json from the study file's schema: `node scripts/makeSchema.ts`. A
 * unit test compares the two.
 */
import { writeFileSync } from 'node:fs';
import { configJsonSchema } from '../src/study/configJsonSchema.ts';

writeFileSync(
  new URL('../media/cortex.schema.json', import.meta.url),
  `${JSON.stringify(configJsonSchema(), null, 2)}\n`,
);
