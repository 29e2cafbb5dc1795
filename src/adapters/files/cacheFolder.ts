import envPaths from 'env-paths';

/**
 * The one folder outside the project that Cortex fills (runtimes, test tools): `CORTEX_CACHE`, or
 * the platform's cache folder.
 */
export const cacheFolder = (): string =>
  process.env.CORTEX_CACHE || envPaths('model-cortex', { suffix: '' }).cache;
