/**
 * `npm run demo [-- python]`: the main job, headless, on a copy of `examples/digits`, or of
 * `examples/keras-digits` (after `npm run python`) – baseline, five rounds, the best change, the
 * branch.
 */
import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import pc from 'picocolors';
import type { z } from 'zod';
import type { documents } from '../src/show/documents/contract.ts';
import { pythonFolder, pythonIn } from '../test/python/environment.ts';
import { run } from '../test/vscode/run.ts';
import { exampleWorkspace } from '../test/vscode/workspace.ts';

const root = process.cwd();
const folder = join(root, '.demo');
const cli = join(root, 'dist', 'cli.cjs');
const started = Date.now();

await run(process.execPath, ['esbuild.js']);
await rm(folder, { recursive: true, force: true });
const python = process.argv.includes('python');
const example = python ? 'keras-digits' : 'digits';
const model = python ? 'model.py' : 'model.ts';
const interpreter = python ? ['--python', pythonIn(pythonFolder())] : [];
const workspace = await exampleWorkspace(root, folder, {}, example);
heading(
  `A copy of examples/${example} in ${relative(root, workspace)}: 1,797 handwritten digits, a ` +
    `small network, five rounds${python ? '; train.py is run once to learn from' : ''}`,
);
await live([cli, 'improve', model, '--rounds', '5', ...interpreter]);

const best = await bestAttempt();
heading('The best change');
await live([cli, 'show', best]);

heading(`The branch that keeps every attempt: git log cortex/${example}`);
console.log(await run('git', ['log', '--format=%h %s', `cortex/${example}`], { cwd: workspace }));
console.log(
  `Done in ${Math.round((Date.now() - started) / 1000)} s. Your files were not touched; ` +
    `\`git -C ${relative(root, workspace)} status\` is clean.`,
);
console.log(
  `${pc.bold('Next, with your own model:')} npx cortex improve path/to/model.ts   (in VS ` +
    'Code: npm start)',
);

function heading(text: string): void {
  console.log(`\n${pc.bold(text)}\n`);
}

/** Runs the terminal as a user would, with its live progress on this terminal. */
async function live(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [...args], { cwd: workspace, stdio: 'inherit' });
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (code !== 0) process.exit(code ?? 1);
}

async function bestAttempt(): Promise<string> {
  const history = JSON.parse(
    await run(process.execPath, [cli, 'history', model, '--json'], { cwd: workspace }),
  ) as z.infer<typeof documents.history>;
  const trained = history.attempts.filter(
    (attempt) => attempt.metric !== null && ['better', 'baseline'].includes(attempt.verdict),
  );
  const [first] = trained.toSorted(
    (a, b) => (a.metric?.mean ?? Infinity) - (b.metric?.mean ?? Infinity),
  );
  if (!first) throw new Error('the demo trained nothing');
  return first.id;
}
