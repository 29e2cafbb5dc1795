import { CortexError } from '../util/errors.ts';

/** What comes of reading a study's data; `null` where there is none yet. */
export async function unlessMissing<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof CortexError && /^data-(file-missing|no-loader)$/.test(error.code))
      return null;
    throw error;
  }
}
