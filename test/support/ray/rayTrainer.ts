import { sources } from '../attemptStore.ts';
import { RayWorkers, type RayPlace } from '../../../src/execution/ray/rayWorkers.ts';
import { PASSED_ON } from '../../../src/execution/launch.ts';
import { DIST } from '../../integration/trainer/harness.ts';
import { rayPython } from './rayCluster.ts';
import { join } from 'node:path';

/** Workers on a cluster, on the built bundles; notices are put into `notices`. */
export const rayWorkers = (
  place: Pick<RayPlace, 'executor' | 'slots'> & Partial<RayPlace>,
  notices: string[] = [],
): RayWorkers =>
  new RayWorkers({
    bridge: () =>
      Promise.resolve({
        program: rayPython(),
        arguments: ['-B', join(DIST, 'ray', 'bridge.py')],
        folder: DIST,
        passedOn: PASSED_ON,
        environment: { RAY_AUTH_MODE: 'disabled' },
        assetFolder: DIST,
        runtimeFolders: [],
      }),
    assetFolder: DIST,
    nodeProgram: process.execPath,
    cortexVersion: '0.1.0',
    builderNames: ['build_model', 'buildModel'],
    attachedFolder: '',
    sources,
    needed: () => Promise.resolve([]),
    mayRunUnheld: () => Promise.resolve(false),
    onNotice: (text) => notices.push(text),
    ...place,
  });
