import { testDeterminism } from './determinism.ts';
import { tfjsNodeMissing } from './runtimes.ts';

testDeterminism('tfjs-node', await tfjsNodeMissing());
