/** Root of Cortex's side on a node of a Ray cluster; a bundle of its own. */
import { findPython } from '../adapters/python/findPython.ts';
import { diskLogs } from '../adapters/files/diskLogs.ts';
import { cacheFolder } from '../adapters/files/cacheFolder.ts';
import { NodeSide } from '../execution/ray/nodeSide.ts';

const [, , interpreter = ''] = process.argv;

// The Python that Ray runs on there is the one that trains.
new NodeSide(
  {
    assetFolder: __dirname,
    nodePath: process.execPath,
    cacheFolder: cacheFolder(),
    findPython: (folder, framework) =>
      findPython({ folder, framework, named: interpreter, chosen: null }),
    interpreter,
    logs: {
      readLog: (path, choice) => diskLogs.read(path, choice),
      followLog: (path, choice) => diskLogs.watch(path, choice),
    },
  },
  process.stdout,
).serve(process.stdin, () => process.exit(0));
