import { testLayers } from './layers.ts';

testLayers('wasm');
