import { builderText } from '../integration/trainer/harness.ts';
import type { Hostile } from './hostile.ts';

/** Ways to a module of Node, as an expression of its name. */
const WAYS: Readonly<Record<string, (name: string) => string>> = {
  plainly: (name) => `(globalThis as any).process.getBuiltinModule('${name}')`,
  'by code made from text': (name) =>
    `(()=>0)['const'+'ructor']('return process')().getBuiltinModule('${name}')`,
  'by createRequire': (name) =>
    `(globalThis as any).process.getBuiltinModule('module').createRequire('/')('${name}')`,
  'by a name put together': (name) =>
    `(globalThis as any)['pro' + 'cess']['getBuiltin' + 'Module']('node:' + '${name}')`,
};

const told = (text: string): string => `throw new Error(String(${text}));`;
type Node = (name: string) => string;

/** What is tried; braces are filled with places of the trap. */
const DEEDS: readonly (readonly [Hostile['group'], string, (node: Node) => string])[] = [
  ['read', 'a key of the home folder', (n) => told(`${n('fs')}.readFileSync('{secret}', 'utf8')`)],
  [
    'read',
    'a key by a descriptor',
    (n) =>
      `const fs = ${n('fs')}, fd = fs.openSync('{secret}', 'r'), b = Buffer.alloc(99); ` +
      `fs.readSync(fd, b); ${told('b')}`,
  ],
  [
    'read',
    'the environment of the parent',
    (n) => told(`${n('fs')}.readFileSync('/proc/{parent}/environ', 'utf8')`),
  ],
  [
    'read',
    'the folder of the parent',
    (n) => told(`${n('fs')}.readFileSync('/proc/{parent}/root{secret}', 'utf8')`),
  ],
  ['read', 'the table', (n) => told(`${n('fs')}.readFileSync('{table}', 'utf8')`)],
  [
    'read',
    'the table by a link of the process',
    (n) => told(`${n('fs')}.readFileSync('/proc/self/cwd/table.csv', 'utf8')`),
  ],
  ['read', 'its own environment', (n) => told(`JSON.stringify(${n('process')}.env)`)],
  ['write', 'a file', (n) => `${n('fs')}.writeFileSync('{canary}', 'x');`],
  ['write', 'a folder', (n) => `${n('fs')}.mkdirSync('{canary}');`],
  ['write', 'a link', (n) => `${n('fs')}.symlinkSync('/etc/passwd', '{canary}');`],
  ['write', 'over the table', (n) => `${n('fs')}.appendFileSync('{table}', 'x');`],
  [
    'write',
    'a data base',
    (n) => `new (${n('sqlite')}.DatabaseSync)('{canary}').exec('create table t(a)');`,
  ],
  ['spawn', 'a shell', (n) => told(`${n('child_process')}.execSync('echo $((40+2))-spawn')`)],
  [
    'spawn',
    'itself',
    (n) =>
      told(
        `${n('child_process')}.spawnSync((globalThis as any).process.execPath, ['-p', '6 * 7 + "-spawn"']).stdout`,
      ),
  ],
  [
    'network',
    'TCP',
    (n) =>
      `${n('net')}.connect({port}, '127.0.0.1'); await new Promise((r) => setTimeout(r, 300));`,
  ],
  [
    'network',
    'a local socket',
    (n) => `${n('net')}.connect('{socket}'); await new Promise((r) => setTimeout(r, 300));`,
  ],
  ['network', 'HTTP', () => `await fetch('http://127.0.0.1:{port}/').catch(() => 0);`],
  [
    'network',
    'the runtime',
    () => `await tf.loadLayersModel('http://127.0.0.1:{port}/model.json').catch(() => 0);`,
  ],
  [
    'network',
    'a web socket',
    () =>
      `new (globalThis as any).WebSocket('ws://127.0.0.1:{port}/'); await new Promise((r) => setTimeout(r, 300));`,
  ],
  ['signal', 'the end of another process', (n) => `${n('process')}.kill({victim}, 'SIGKILL');`],
  ['signal', 'a stop', (n) => `${n('process')}.kill({victim}, 'SIGTERM');`],
];

/** In the builder, at once. */
const atOnce = (deed: string): string =>
  builderText({ inside: '' })
    .replace('export function', 'export async function')
    .replace('): tf.LayersModel {', `): Promise<tf.LayersModel> {\n  ${deed}`);

/** Caught, so that the model trains all the same: what counts is the effect. */
const quietly = (deed: string): string => atOnce(`try { ${deed} } catch {}`);

export const JAVASCRIPT: readonly Hostile[] = Object.entries(WAYS).flatMap(([way, node]) =>
  DEEDS.map(([group, title, deed]) => ({
    group,
    title: `${title}, ${way}`,
    text: (group === 'read' || group === 'spawn' ? atOnce : quietly)(deed(node)),
  })),
);
