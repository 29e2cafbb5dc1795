import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Facts, RayNode } from '../../../../src/execution/ray/bridgeMessages.ts';
import { rayAddress } from '../../../../src/execution/ray/address.ts';
import { mostCommon, roomFor, unfit } from '../../../../src/execution/ray/fitting.ts';

const facts = (changes: Partial<Facts> = {}): Facts => ({
  node: 'a',
  host: 'a',
  platform: 'linux-x64',
  python: '3.11.7',
  interpreter: '/usr/bin/python3',
  packages: { keras: '3.15.1', numpy: '2.4.6' },
  nodeProgram: { path: '/usr/bin/node', version: '24.21.0' },
  freeMB: 1000,
  clockAhead: 0,
  ...changes,
});

const node = (changes: Partial<RayNode> = {}): RayNode => ({
  id: 'a',
  host: 'a',
  address: '10.0.0.1',
  cpus: 4,
  freeCpus: null,
  gpus: 0,
  memoryMB: 8192,
  facts: facts(),
  ...changes,
});

describe('the address of a Ray', () => {
  test('is none for this machine, and what Ray takes for all others', () => {
    const asked = ['local', '', 'ray', 'ray:auto', 'ray:10.0.0.1:6379', 'ray://head:10001'];
    assert.deepEqual(asked.map(rayAddress), [
      null,
      null,
      'local',
      'auto',
      '10.0.0.1:6379',
      'ray://head:10001',
    ]);
  });

  test('is refused with the words that are known', () => {
    for (const wrong of ['rays', 'ray:head', 'ray://head', 'slurm', 'ray:a b:1'])
      assert.throws(() => rayAddress(wrong), { code: 'executor-unknown' }, wrong);
  });
});

describe('room for trials', () => {
  test('is what the scarcest resource of each node allows', () => {
    const nodes = [node(), node({ cpus: 1 }), node({ cpus: 0 }), node({ memoryMB: 1024 })];
    assert.equal(roomFor(nodes, { cpus: 1, gpus: 0, memoryMB: 0 }), 9);
    assert.equal(roomFor(nodes, { cpus: 1, gpus: 0, memoryMB: 4096 }), 3);
    assert.equal(roomFor([node({ gpus: 1 })], { cpus: 1, gpus: 0.25, memoryMB: 0 }), 4);
    assert.equal(roomFor([node()], { cpus: 8, gpus: 0, memoryMB: 0 }), 0);
    assert.equal(roomFor([node()], { cpus: 0.1, gpus: 0, memoryMB: 0 }), 40);
  });
});

describe('a node of a cluster', () => {
  const like = facts();

  test('takes trials where its versions are those of the others', () => {
    assert.equal(unfit(facts({ host: 'b' }), { footing: 'keras', like, sent: null }), null);
  });

  test('is refused with the versions that differ, where trials depend on them', () => {
    const other = facts({ host: 'b', packages: { keras: '3.14.0', numpy: '2.4.6' } });
    const why = unfit(other, { footing: 'keras', like, sent: null });
    assert.equal(why?.code, 'ray-node-versions');
    assert.match(why?.happened ?? '', /\bb\b.*keras 3\.14\.0, not 3\.15\.1/);
    assert.equal(unfit(other, { footing: 'node', like, sent: null }), null);
  });

  test('needs a Node that is new enough, or one that can be sent', () => {
    const old = facts({ nodeProgram: { path: '/usr/bin/node', version: '20.1.0' } });
    const none = facts({ nodeProgram: null });
    for (const each of [old, none]) {
      assert.equal(unfit(each, { footing: 'node', like, sent: 'linux-x64' }), null);
      const why = unfit(each, { footing: 'node', like, sent: 'darwin-arm64' });
      assert.equal(why?.code, 'ray-node-without-node');
    }
  });

  test('is measured by what most CPUs have, among those with the framework', () => {
    const without = facts({ packages: {} });
    const older = facts({ packages: { keras: '3.14.0' } });
    const nodes = [
      node({ cpus: 64, facts: without }),
      node({ cpus: 2, facts: older }),
      node({ cpus: 4 }),
      node({ cpus: 8, facts: null }),
    ];
    assert.deepEqual(mostCommon(nodes, 'keras'), facts());
    assert.deepEqual(mostCommon(nodes, 'torch'), without);
    assert.equal(mostCommon([node({ facts: null })], 'keras'), null);
  });
});
