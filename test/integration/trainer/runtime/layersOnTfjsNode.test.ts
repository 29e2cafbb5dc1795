import { testLayers } from './layers.ts';
import { tfjsNodeMissing } from './runtimes.ts';

testLayers('tfjs-node', await tfjsNodeMissing());
