import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { documents } from '../../../src/show/documents/contract.ts';
import { exampleWorkspace, linkPackages } from '../../vscode/workspace.ts';
import { git, root } from '../cli/cortex.ts';

/** The steps of `docs/ci.md`, as they stand there. */
async function steps(): Promise<readonly string[]> {
  const text = await readFile(join(root, 'docs', 'ci.md'), 'utf8');
  return [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, script = '']) => script);
}

/** A job's machine: a fresh clone that keeps nothing afterwards. */
async function job(parent: string, name: string): Promise<string> {
  const folder = join(parent, name, 'digits');
  await git(parent, 'clone', '-q', join(parent, 'origin.git'), folder);
  await git(folder, 'config', 'user.name', 'Robot');
  await git(folder, 'config', 'user.email', 'robot@example.org');
  return folder;
}

/** Runs a step with the built program in the place of `npx cortex`. */
const runStep = (folder: string, script: string): Promise<unknown> => {
  const own = script.replaceAll('npx cortex', '"$NODE" "$CLI"');
  const env = { ...process.env, NODE: process.execPath, CLI: join(root, 'dist', 'cli.cjs') };
  const path = `${join(process.execPath, '..')}:${process.env['PATH'] ?? ''}`;
  return promisify(execFile)('bash', ['-ec', own], { cwd: folder, env: { ...env, PATH: path } });
};

const reportOf = async (folder: string) => {
  const text = await readFile(join(folder, 'autopilot.json'), 'utf8');
  const [report] = documents.autopilot.parse(JSON.parse(text)).studies;
  return report ?? assert.fail('no study in the report');
};

describe('the job of docs/ci.md, against a bare repository', () => {
  let parent: string;

  before(async () => {
    parent = await mkdtemp(join(tmpdir(), 'cortex-ci-'));
    const autopilot = { rounds: 1, triggers: { unsearched: false, 'log-finding': false } };
    const workspace = await exampleWorkspace(root, join(parent, 'ada'), { autopilot });
    await git(parent, 'clone', '-q', '--bare', workspace, 'origin.git');
    await linkPackages(root, parent);
  });
  after(() => rm(parent, { recursive: true, force: true, maxRetries: 5 }));

  test('goes on from one machine to the next, and ends in a branch for a pull request', async () => {
    const [work = '', promote = ''] = await steps();
    const first = await job(parent, 'first');
    await runStep(first, `${work}${promote}`);
    const measured = await reportOf(first);
    assert.deepEqual(
      measured.cycles.map(({ kind, end }) => [kind, end]),
      [['measure', 'done']],
    );
    await rm(first, { recursive: true, force: true });

    const second = await job(parent, 'second');
    await runStep(second, `${work}${promote}`);
    const { cycles, promotions } = await reportOf(second);
    assert.deepEqual(
      cycles.map(({ kind, end }) => [kind, end]),
      [
        ['measure', 'done'],
        ['training', 'done'],
      ],
    );
    const [promoted] = promotions;
    assert.ok(promoted && promoted.share >= 0.1 && promoted.interval[1] < 0);

    const origin = join(parent, 'origin.git');
    const branch = `cortex-promote/${promoted.attempt}`;
    const message = await git(origin, 'log', '-1', '--format=%B', branch);
    assert.match(message, /\| attempt \| verdict \| val_loss \| change \| parameters \|/);
    assert.match(message, new RegExp(promoted.attempt));
    assert.equal(message.trim(), (await readFile(join(second, 'message.md'), 'utf8')).trim());
    assert.equal((await git(origin, 'rev-list', '--count', `main..${branch}`)).trim(), '1');
    for (const { commit } of cycles.flatMap(({ attempts }) => attempts))
      assert.equal((await git(origin, 'cat-file', '-t', commit)).trim(), 'commit');
  });
});
