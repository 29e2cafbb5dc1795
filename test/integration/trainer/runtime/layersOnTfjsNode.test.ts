import { testLayers } from './layers.ts';
import { runtimeForTests } from './runtimes.ts';

const runtime = runtimeForTests('tfjs-node');

testLayers('tfjs-node', async () => (await runtime).tf);
