import assert from 'node:assert/strict';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cortex } from '../integration/cli/cortex.ts';
import {
  attempt,
  baselineAttempt,
  MODEL,
  repository,
  run,
  studyIn,
  variant,
} from '../integration/git/helpers.ts';
import { connect } from '../integration/mcp/connect.ts';
import { createStore } from '../support/attemptStore.ts';
import { TEXTS } from './texts.ts';

/** All that a terminal could take for a command, in one. */
const EVIL = TEXTS.join(' ');
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** No program can be given it as an argument. */
const withoutNull = (text: string): string => text.replaceAll('\u0000', '');

/** A study whose attempt, log and names all come from somebody who means harm. */
async function hostileStudy(): Promise<{ readonly folder: string; readonly log: string }> {
  const repo = repository();
  const folder = join(repo, `-d\u001b[2J\u009b31m'"`);
  renameSync(join(repo, 'digits'), folder);
  writeFileSync(join(folder, 'cortex.json'), '{ "data": "data.ts", "name": "digits" }');
  const log = join(folder, `log\u001b]0;x\u0007.txt`);
  const epochs = [1, 2, 3, 4].map((epoch) => `Epoch ${epoch} loss: 0.${9 - epoch} ${EVIL}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(log, epochs.join('\n'));
  const store = createStore();
  const study = studyIn(folder);
  await store.record(study, baselineAttempt(0), MODEL);
  const honest = attempt(1, { parents: [attempt(0).id] });
  await store.record(
    study,
    {
      ...honest,
      proposal: {
        ...honest.proposal,
        title: EVIL,
        reasoning: EVIL,
        operator: EVIL,
        family: EVIL,
        proposer: EVIL,
        evidence: [{ text: EVIL, finding: null, lines: [] }],
      },
      verdict: { ...honest.verdict, text: EVIL },
    },
    variant(1).replace('101', `'${EVIL}'`),
  );
  return { folder, log };
}

test('nothing that others wrote commands a terminal, wherever it is shown', async () => {
  const { folder, log } = await hostileStudy();
  const commands = [
    ['history'],
    ['history', '--json'],
    ['history', '--csv'],
    ['history', '--html'],
    ['history', '--track-record', '--group', 'operator'],
    ['show', '1'],
    ['show', '1', '--json'],
    ['diagnose', log],
    ['diagnose', log, '--json'],
    ['inspect', 'model.ts'],
    ['show', EVIL],
    ['history', EVIL.slice(1, 40)],
    ['promote', '1', '--branch', EVIL.slice(1, 60)],
  ];
  for (const command of commands) {
    const { stdout, stderr } = await cortex(folder, ...command.map(withoutNull));
    const found = CONTROL.exec(stdout + stderr);
    const place = found && (stdout + stderr).slice(Math.max(0, found.index - 80), found.index + 20);
    assert.equal(found, null, `cortex ${command[0]}: ${JSON.stringify(place)}`);
  }
  const message = run(folder, 'log', '-1', '--format=%B', 'cortex/digits');
  assert.doesNotMatch(message, CONTROL);
});

test('nor a client of the Model Context Protocol', async () => {
  const { folder } = await hostileStudy();
  const client = await connect(folder);
  const told = await client.callTool({ name: 'history', arguments: { path: 'model.ts' } });
  const refused = await client.callTool({ name: 'history', arguments: { path: `${EVIL}.ts` } });
  await client.close();
  for (const { content } of [told, refused]) {
    const [{ text = '' } = {}] = content as readonly { readonly text?: string }[];
    assert.notEqual(text, '');
    assert.doesNotMatch(text, CONTROL);
  }
});
