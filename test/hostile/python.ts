import type { Hostile } from './hostile.ts';

/** A model file of each framework, with a place for a deed. */
export const BUILDERS = {
  keras: `import keras
def build_model(input_shape, output_units):
    DEED
    model = keras.Sequential([keras.layers.Input(input_shape), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(output_units, activation="softmax")])
    return model
`,
  torch: `import torch
def build_model(input_size, output_units):
    DEED
    return torch.nn.Sequential(torch.nn.Linear(input_size, 8), torch.nn.ReLU(), torch.nn.Linear(8, output_units))
`,
};

const told = (text: string): string => `raise ValueError(str(${text}))`;

/** Ways to a module, as an expression of its name. */
const WAYS: Readonly<Record<string, (name: string) => string>> = {
  plainly: (name) => `__import__('${name}')`,
  'by importlib': (name) => `__import__('importlib').import_module('${name}')`,
};

type Module = (name: string) => string;

const DEEDS: readonly (readonly [Hostile['group'], string, (module: Module) => string])[] = [
  ['read', 'a key of the home folder', () => told(`open('{secret}').read()`)],
  ['read', 'the environment of the parent', () => told(`open('/proc/{parent}/environ').read()`)],
  ['read', 'the table', () => told(`open('{table}').read()`)],
  [
    'read',
    'the table without Python’s own open',
    (m) => told(`${m('os')}.read(${m('os')}.open('{table}', 0), 99)`),
  ],
  ['read', 'its own environment', (m) => told(`dict(${m('os')}.environ)`)],
  ['write', 'a file', () => `open('{canary}', 'w').write('x')`],
  ['write', 'a folder', (m) => `${m('os')}.mkdir('{canary}')`],
  [
    'write',
    'a file by the C library',
    (m) => `${m('ctypes')}.CDLL(None).creat(b'{canary}', 0o644)`,
  ],
  [
    'spawn',
    'a shell',
    (m) => told(`${m('subprocess')}.check_output('echo $((40+2))-spawn', shell=True)`),
  ],
  [
    'spawn',
    'a fork by the C library',
    (m) => `${m('ctypes')}.CDLL(None).system(b'echo x > {canary}')`,
  ],
  ['network', 'TCP', (m) => `${m('socket')}.create_connection(('127.0.0.1', {port}), 1)`],
  [
    'network',
    'HTTP',
    (m) =>
      `${m('urllib.request').replace("__import__('urllib.request')", "__import__('urllib.request', fromlist=['x'])")}.urlopen('http://127.0.0.1:{port}/', timeout=1)`,
  ],
  ['signal', 'the end of another process', (m) => `${m('os')}.kill({victim}, 9)`],
  ['signal', 'an end by the C library', (m) => `${m('ctypes')}.CDLL(None).kill({victim}, 9)`],
];

/** A model file of a framework that tries each of these. */
export const pythonVariants = (framework: keyof typeof BUILDERS): readonly Hostile[] =>
  Object.entries(WAYS).flatMap(([way, module]) =>
    DEEDS.map(([group, title, deed]) => ({
      group,
      title: `${title}, ${way}`,
      text: BUILDERS[framework].replace('DEED', () => deed(module)),
    })),
  );
