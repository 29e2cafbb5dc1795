import { mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { languageOf } from '../model/modelFile.ts';
import { codeOf } from '../model/notebook.ts';
import { frameworkOf, importsTensorFlow, type Framework } from '../model/pythonFramework.ts';
import type { Study } from '../study/study.ts';
import { pythonNotHere } from './errors.ts';
import { PASSED_ON, type Launch } from './launch.ts';

/** Where the Python worker is, and who finds an interpreter for a study. */
export interface PythonPlace {
  /** `main.py` of the worker. */
  readonly pythonWorkerPath: string;
  /** The interpreter that has the framework; rejects with an `environment` error. */
  readonly findPython: (folder: string, framework: Framework) => Promise<string>;
  /** A folder for what a framework compiles, kept from run to run. */
  readonly compiledFolder: string;
  /** Where the data of attached scripts are. */
  readonly attachedFolder: string;
}

/** What trains a study's model file, by what it imports, Keras first; `null` where no Python is. */
export const frameworkOfStudy = ({ modelPath }: Pick<Study, 'modelPath'>): Framework | null =>
  languageOf(modelPath) === 'python' ? frameworkOf(readModel(modelPath)) : null;

/** How the Python worker is started; no bytecode is written beside the user's files. */
export async function onPython(
  place: PythonPlace | undefined,
  study: Study,
  framework: Framework,
): Promise<Launch> {
  if (!place) throw pythonNotHere(study.modelPath);
  const { pythonWorkerPath, compiledFolder } = place;
  const scratch = join(compiledFolder, 'scratch');
  mkdirSync(scratch, { recursive: true });
  const program = await place.findPython(study.folder, framework);
  return {
    program,
    arguments: ['-B', pythonWorkerPath],
    folder: dirname(pythonWorkerPath),
    passedOn: [...PASSED_ON, ...PASSED_ON_TO_PYTHON],
    environment: {
      PYTHONSAFEPATH: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONHASHSEED: '0',
      PYTHONIOENCODING: 'utf-8',
      TF_CPP_MIN_LOG_LEVEL: '2',
      TMPDIR: scratch,
      CORTEX_COMPILED: join(compiledFolder, framework),
      CORTEX_ATTACHED: place.attachedFolder,
      ...(study.config.script !== undefined && {
        CORTEX_COVER: dirname(join(study.folder, study.config.script)),
      }),
      ...(importsTensorFlow(readModel(study.modelPath)) && { CORTEX_BACKEND: 'tensorflow' }),
    },
    assetFolder: dirname(pythonWorkerPath),
    runtimeFolders: [],
    needs: {
      read: [...installationOf(program), KERAS_SETTINGS, observed(compiledFolder)],
      write: [compiledFolder],
    },
  };
}

/** What was learned by running the user's own script, kept beside what is compiled. */
const observed = (compiledFolder: string): string => join(dirname(compiledFolder), 'attached');

/** The user's choice of Keras's backend. */
const KERAS_SETTINGS = join(homedir(), '.keras', 'keras.json');

/** The environment of an interpreter, and the installation it was made from. */
const installationOf = (program: string): readonly string[] =>
  [program, realpathSync(program)].map((path) => dirname(dirname(path)));

const PASSED_ON_TO_PYTHON = ['VIRTUAL_ENV', 'CONDA_PREFIX', 'PYTHONPATH', 'KERAS_BACKEND'];

function readModel(path: string): string {
  try {
    return codeOf(path, readFileSync(path, 'utf8'));
  } catch {
    // A file that is gone is told of by whoever reads it to train it.
    return '';
  }
}
