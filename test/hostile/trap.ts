import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Files, listeners and a process that a hostile variant must not reach. */
export interface Trap {
  readonly folder: string;
  /** Fills in the places of the trap. */
  fill(text: string): string;
  /** What was reached since it was set, and sets it again; `said`: all that the variant told. */
  sprung(said: string): Promise<readonly string[]>;
  remove(): Promise<void>;
}

const SECRET = 'key-of-the-home-folder';

/** The four features and three classes of `test/projects/blobs`, with a mark of its own. */
function table(): string {
  let state = 7;
  const random = (): number => (state = (state * 16807) % 2147483647) / 2147483647;
  const rows = Array.from({ length: 150 }, (_, row) =>
    [0, 1, 2, 3].map((at) => (at % 3 === row % 3 ? 1 : 0) + random() - 0.5).concat(row % 3),
  );
  return `a,b,c,d,label\n${rows.map((row) => row.join(',')).join('\n')}\n`;
}

/** Sets a trap in a folder of its own. */
export async function setTrap(model: string, on: string): Promise<Trap> {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-hostile-'));
  const home = await mkdtemp(join(tmpdir(), 'cortex-home-'));
  const rows = table();
  const [secret, canary] = [join(home, 'id_key'), join(home, 'canary')];
  await writeFile(secret, SECRET);
  await writeFile(join(folder, 'table.csv'), rows);
  await writeFile(join(folder, model), on === 'torch' ? 'import torch\n' : 'import keras\n');
  process.env['OPENAI_API_KEY'] = SECRET;
  let calls = 0;
  const count = (): number => (calls += 1);
  const [tcp, local] = [await listening(0, count), await listening(join(home, 'socket'), count)];
  let victim = await startVictim();
  const places = (): Record<string, string> => ({
    secret,
    canary,
    table: join(folder, 'table.csv'),
    port: String((tcp.address() as AddressInfo).port),
    socket: join(home, 'socket'),
    victim: String(victim.pid),
    parent: String(process.pid),
  });
  return {
    folder,
    fill: (text) =>
      Object.entries(places()).reduce(
        (filled, [name, value]) => filled.replaceAll(`{${name}}`, value),
        text,
      ),
    async sprung(said) {
      const found = [
        ...(said.includes(SECRET) ? ['a secret was told'] : []),
        ...(said.includes(rows.split('\n')[1] ?? rows) ? ['rows were told'] : []),
        ...(said.includes('42-spawn') ? ['a process was started'] : []),
        ...(isThere(canary) ? ['something was written'] : []),
        ...(readFileSync(join(folder, 'table.csv'), 'utf8') === rows ? [] : ['the table changed']),
        ...(calls > 0 ? ['a connection was made'] : []),
        ...((victim.exitCode ?? victim.signalCode) ? ['another process was ended'] : []),
      ];
      if (found.length === 0) return found;
      rmSync(canary, { recursive: true, force: true });
      await writeFile(join(folder, 'table.csv'), rows);
      calls = 0;
      victim.kill('SIGKILL');
      victim = await startVictim();
      return found;
    },
    async remove() {
      victim.kill('SIGKILL');
      tcp.close();
      local.close();
      rmSync(folder, { recursive: true, force: true });
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function listening(at: number | string, onCall: () => void): Promise<Server> {
  const server = createServer((socket) => {
    onCall();
    socket.destroy();
  });
  if (typeof at === 'number') server.listen(at, '127.0.0.1');
  else server.listen(at);
  await once(server, 'listening');
  return server.unref();
}

async function startVictim(): Promise<ChildProcess> {
  const victim = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'ignore' });
  await once(victim, 'spawn');
  victim.unref();
  return victim;
}

function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
