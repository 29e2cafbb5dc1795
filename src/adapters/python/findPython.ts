import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as z from 'zod';
import { candidatesFor, type Interpreter, type PythonChoice } from './candidates.ts';
import type { Framework } from '../../model/pythonFramework.ts';
import { pythonLacksFramework } from './errors.ts';

/** What a project needs of an interpreter. */
export interface PythonRequest extends PythonChoice {
  readonly folder: string;
  /** What it has to have; Ray needs no NumPy. */
  readonly framework: Framework | 'ray';
}

const run = promisify(execFile);

const ASK_SECONDS = 20;

/** Nothing is imported: finding a package is quick, and a broken one is told of by its worker. */
const QUESTION = [
  'import importlib.util as u, json, sys',
  "has = [n for n in ('keras', 'torch', 'tensorflow', 'jax', 'numpy', 'ray') if u.find_spec(n)]",
  "print(json.dumps({'path': sys.executable, 'version': list(sys.version_info[:3]), 'has': has}))",
].join('\n');

const answerSchema = z.object({
  path: z.string(),
  version: z.array(z.number()),
  has: z.array(z.string()),
});

type Answer = z.infer<typeof answerSchema>;

const OLDEST = 9;

/**
 * The path of the first interpreter of a project that has the framework. Rejects with an
 * `environment` error that says what was tried.
 */
export function findPython(request: PythonRequest): Promise<string> {
  const key = JSON.stringify(request);
  const known = found.get(key) ?? search(request);
  found.set(key, known);
  known.catch(() => found.delete(key));
  return known;
}

/** Every worker that starts asks; what was found once holds for this session. */
const found = new Map<string, Promise<string>>();

async function search(request: PythonRequest): Promise<string> {
  const tried: string[] = [];
  for (const candidate of await candidatesFor(request.folder, request)) {
    const answer = await ask(candidate, request.folder);
    const lack = answer === null ? 'does not start' : lackOf(answer, request.framework);
    if (answer !== null && lack === null) return answer.path;
    tried.push(`${answer?.path ?? candidate.path} (${candidate.source}): ${lack ?? ''}`);
  }
  throw pythonLacksFramework(request.framework, [...new Set(tried)]);
}

function lackOf({ version, has }: Answer, framework: PythonRequest['framework']): string | null {
  const [major = 0, minor = 0] = version;
  if (major < 3 || (major === 3 && minor < OLDEST))
    return `Python ${version.join('.')}, older than 3.${OLDEST}`;
  const missing = framework === 'keras' && has.includes('tensorflow') ? [] : [framework];
  const lacks = [...missing, ...(framework === 'ray' ? [] : ['numpy'])].filter(
    (name) => !has.includes(name),
  );
  return lacks.length === 0 ? null : `Python ${version.join('.')} without ${lacks.join(' and ')}`;
}

async function ask({ path }: Interpreter, folder: string): Promise<Answer | null> {
  try {
    const command: [string, string[]] =
      path === 'poetry' ? ['poetry', ['run', 'python', '-c', QUESTION]] : [path, ['-c', QUESTION]];
    const { stdout } = await run(...command, {
      cwd: folder,
      timeout: ASK_SECONDS * 1000,
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONSAFEPATH: '1' },
    });
    return answerSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  } catch {
    return null;
  }
}
