/** Keras and PyTorch: seeds of a race, a tutorial, what attaching to a script takes. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attachedFolder } from '../../src/adapters/files/attachedStudy.ts';
import { cacheFolder } from '../../src/adapters/files/cacheFolder.ts';
import { pythonObserver } from '../../src/adapters/python/pythonObserver.ts';
import { attachScript } from '../../src/adapters/scripts/attachScript.ts';
import { requireScript } from '../../src/adapters/scripts/findScript.ts';
import { pythonFolder, pythonIn } from '../../test/python/environment.ts';
import { run } from '../../test/vscode/run.ts';
import { seedsRow } from './python/seeds.ts';
import { tutorialRows } from './python/tutorial.ts';
import type { Row } from './row.ts';

const ROOT = join(import.meta.dirname, '../..');
const PYTHON = pythonIn(pythonFolder());
const WORKER = join(ROOT, 'dist', 'python');
const GOAL_ATTACH = 1.3;

export async function bench(): Promise<Row[]> {
  return [
    await seedsRow(),
    ...(await tutorialRows()),
    await attach('keras-digits'),
    await attach('torch-digits'),
  ];
}

/** What attaching to an example takes, beside one run of its script. */
async function attach(example: string): Promise<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-bench-'));
  await cp(join(ROOT, 'examples', example), folder, { recursive: true });
  const own = await timed(() => run(PYTHON, ['-B', 'train.py'], { cwd: folder }));
  const modelPath = join(folder, 'model.py');
  const place = {
    workerPath: join(WORKER, 'main.py'),
    attachedFolder: attachedFolder(),
    compiledFolder: join(cacheFolder(), 'compiled'),
    named: PYTHON,
    chosen: null,
    seconds: 120,
  };
  const attached = await timed(async () => {
    const script = await requireScript(modelPath);
    await attachScript(
      { script, modelPath },
      {
        ...place,
        observer: await pythonObserver(script, modelPath, place),
        studyFile: join(folder, 'study.json'),
        signal: new AbortController().signal,
      },
    );
  });
  await rm(folder, { recursive: true, force: true });
  return {
    figure: `attaching to examples/${example}, against one run of its script`,
    goal: `≤ ${GOAL_ATTACH} times`,
    measured: `${attached.toFixed(1)} s, its script ${own.toFixed(1)} s`,
    ratio: (attached / own).toFixed(2),
    met: attached / own <= GOAL_ATTACH,
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
