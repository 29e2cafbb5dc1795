import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiKeys, serverOf } from '../../../src/hosts/vscode/language/apiKeys.ts';

function memorySecrets(): {
  readonly kept: Map<string, string>;
  readonly secrets: ConstructorParameters<typeof ApiKeys>[0];
} {
  const kept = new Map<string, string>();
  const secrets = {
    keys: () => Promise.resolve([...kept.keys()]),
    get: (name: string) => Promise.resolve(kept.get(name)),
    store: (name: string, value: string) => Promise.resolve(void kept.set(name, value)),
    delete: (name: string) => Promise.resolve(void kept.delete(name)),
    onDidChange: () => ({ dispose: () => undefined }),
  };
  return { kept, secrets };
}

test('a key set for one server is given to no other, and can be forgotten', async () => {
  const { kept, secrets } = memorySecrets();
  const keys = new ApiKeys(secrets);
  await keys.set(serverOf(''), 'sk-planted');
  assert.equal(await keys.get(serverOf('')), 'sk-planted');
  assert.equal(await keys.get(serverOf('https://api.openai.com/v1')), 'sk-planted');
  for (const other of [
    'http://api.openai.com/v1',
    'https://api.openai.com.evil.example/v1',
    'http://localhost:11434/v1',
    'https://evil.example/api.openai.com',
    'not an address',
  ])
    assert.equal(await keys.get(serverOf(other)), null, other);
  await keys.clear(serverOf(''));
  assert.equal(await keys.get(serverOf('')), null);
  assert.equal(kept.size, 0);
});

test('servers on different ports are different servers', () => {
  assert.equal(serverOf('http://localhost:11434/v1'), 'http://localhost:11434');
  assert.notEqual(serverOf('http://localhost:11434/v1'), serverOf('http://localhost:1234/v1'));
});
