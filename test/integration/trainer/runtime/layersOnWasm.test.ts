import { testLayers } from './layers.ts';
import { runtimeForTests } from './runtimes.ts';

const runtime = runtimeForTests('wasm');

testLayers('WebAssembly', async () => (await runtime).tf);
