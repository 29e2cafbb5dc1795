/**
 * The thread that compiles a bundle for the first time: compiles and runs it, and keeps V8's code
 * cache of what that took.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { workerData } from 'node:worker_threads';
import { compileBundle, runBundle } from './bundleScript.ts';

const { file, cacheFile } = workerData as { readonly file: string; readonly cacheFile: string };
const script = compileBundle(file, readFileSync(file, 'utf8'));
runBundle(file, script);
mkdirSync(dirname(cacheFile), { recursive: true });
writeFileSync(cacheFile, script.createCachedData());
