import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import type { Price } from '../../ports/languageModel.ts';
import { badPricesError } from './errors.ts';

const pricesSchema = z.record(
  z.string(),
  z.strictObject({ input: z.number().min(0), output: z.number().min(0) }),
);

/**
 * Reads a price table: `{"model": {"input": 0.25, "output": 2}}`, US dollars per million tokens.
 */
export async function readPrices(path: string): Promise<Readonly<Record<string, Price>>> {
  try {
    return pricesSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw badPricesError(path, error);
  }
}
