/**
 * Entry of the thread that makes maps: its own, because neighbourhoods of thousands of vectors take
 * seconds.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { mapArchitectures, type MappedAttempt } from '../../show/views/architectureMap.ts';

parentPort?.postMessage(mapArchitectures(workerData as readonly MappedAttempt[]));
