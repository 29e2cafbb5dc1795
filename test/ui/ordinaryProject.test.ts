import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { pythonFolder, pythonIn } from '../python/environment.ts';
import { until } from '../until.ts';
import { newModel } from './newModel.ts';
import { openSession, type Session } from './session.ts';
import { takeHome } from './takeHome.ts';

/** The check trains five more times; it has tests of its own. */
const PYTHON = { 'cortex.python': pythonIn(pythonFolder()), 'cortex.baselineCheck': 'skip' };

const oneHot = (kind: number, length: number): readonly number[] =>
  Array.from({ length }, (_, at) => Number(at === kind));

interface Project {
  readonly what: string;
  readonly project: string;
  readonly file: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly attempts: number;
  /** What is done in the same window afterwards. */
  readonly then?: (current: () => Session) => Promise<void>;
}

const projects: readonly Project[] = [
  {
    what: 'a tfjs project',
    project: 'tfjs-script',
    file: 'train.js',
    settings: {},
    attempts: 3,
    then: newModel,
  },
  {
    what: 'a Keras project',
    project: 'keras-script',
    file: 'train.py',
    settings: PYTHON,
    attempts: 2,
    then: takeHome({
      label: 'Keras',
      format: 'keras',
      program: 'predict_keras.py',
      rows: [0, 1, 2].map((kind) => oneHot(kind, 6)),
    }),
  },
  {
    what: 'a PyTorch project with a loop of its own',
    project: 'torch-script',
    file: 'train.py',
    settings: PYTHON,
    attempts: 2,
    then: takeHome({
      label: 'PyTorch',
      format: 'torch',
      program: 'predict_torch.py',
      rows: [0, 1, 2].map((kind) => oneHot(kind, 4)),
    }),
  },
];

/** Nothing of Cortex's lies in these folders: no study file, no data module, no builder's name. */
for (const { what, project, file, settings, attempts, then } of projects)
  describe(what, { timeout: 1800_000 }, () => {
    let session: Session;

    before(async () => {
      session = await openSession({ project, settings });
      await session.workbench.ready();
    });
    after(() => session.close());

    test('comes to its first verdict by two clicks, and nothing typed', async () => {
      const { workbench } = session;
      await workbench.openFile(file);
      if (project === 'keras-script') await withoutPython(session);
      await workbench.clickCodeLens('Improve Architecture');
      await workbench.codeLens('Accept All and Train').waitFor({ timeout: 400_000 });
      await workbench.screenshots(`${project}-review`);
      await workbench.clickCodeLens('Accept All and Train');
      await until(
        'the verdict on what was accepted',
        async () => (await session.verdicts()).length === attempts,
        300,
      );
      const [verdict] = await session.verdicts();
      assert.match(String(verdict), /^(better|worse|inconclusive)$/);
      assert.equal(await session.git('status', '--porcelain'), '', 'the folder is as it was');
      await workbench.screenshots(`${project}-verdict`);
      await workbench.runCommand('Cortex: Focus on Diagnosis View');
      await until('what the training says, where no log does', async () =>
        (await workbench.treeItems('Diagnosis')).some((row) => /^Training of #\d/.test(row)),
      );
      await workbench.idle();
    });

    void then?.(() => session);
  });

/** While no Python can train the file, nothing is offered that needs one, and the lens says why. */
async function withoutPython({ workbench, changeSettings }: Session): Promise<void> {
  await changeSettings({ 'cortex.python': '/nowhere/python' });
  await workbench.codeLens('No Python with Keras was found').waitFor();
  assert.equal(await workbench.codeLens(/Improve Architecture|Train|Search/).count(), 0);
  await workbench.screenshots('no-python');
  await changeSettings({});
}
