import { testDeterminism } from './determinism.ts';

testDeterminism('wasm');
