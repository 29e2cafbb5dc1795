import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { TreeSitterSyntax } from '../../../src/adapters/syntax/treeSitterSyntax.ts';
import type { ArchitectureEdit } from '../../../src/model/edits.ts';
import { call, number, string } from '../../../src/model/values.ts';
import { changedLines, loadSyntax, spec, writeOk } from './support.ts';

let syntax: TreeSitterSyntax;
before(async () => {
  syntax = await loadSyntax();
});

/** The lines that an edit changes. */
function change(lines: readonly string[], ...edits: readonly ArchitectureEdit[]): string[] {
  const text = `${lines.join('\n')}\n`;
  const written = writeOk(syntax, { name: 'model.py', text, language: 'python' }, edits);
  return changedLines(text, written);
}

const compile = (change: object): ArchitectureEdit => ({
  kind: 'setCompile',
  ...change,
  fallback: { optimizer: { type: 'adam', learningRate: 0.001 }, loss: 'meanSquaredError' },
});

describe('edits of Keras builders', () => {
  const added = [
    'from tensorflow.keras.models import Sequential',
    'from tensorflow.keras.layers import Dense, Dropout',
    '',
    'def build_model(input_shape):',
    '    model = Sequential()',
    '    model.add(Dense(64, activation="relu", input_shape=input_shape))  # wide',
    '    model.add(Dense(1))',
    '    model.compile(loss="mse", optimizer="adam", metrics=["mae"])',
    '    return model',
  ];

  test('an argument gets another value, or is added with its own import', () => {
    assert.deepEqual(
      change(added, { kind: 'setArgument', layer: 0, name: 'units', value: number(128) }),
      [
        '-    model.add(Dense(64, activation="relu", input_shape=input_shape))  # wide',
        '+    model.add(Dense(128, activation="relu", input_shape=input_shape))  # wide',
      ],
    );
    const penalty = call('regularizers.l2', { l2: number(1e-4) });
    const lines = change(added, {
      kind: 'setArgument',
      layer: 1,
      name: 'kernelRegularizer',
      value: penalty,
    });
    assert.ok(lines.includes('+from tensorflow.keras.regularizers import l2'));
    assert.ok(lines.includes('+    model.add(Dense(1, kernel_regularizer=l2(1e-4)))'));
  });

  test('layers are added behind one, with an import where the name is missing', () => {
    const lines = change(added, {
      kind: 'insertLayers',
      after: 0,
      layers: [spec('batchNormalization'), spec('dropout', { rate: number(0.3) })],
    });
    assert.ok(lines.includes('+from tensorflow.keras.layers import BatchNormalization'));
    assert.ok(lines.includes('+    model.add(BatchNormalization())'));
    assert.ok(lines.includes('+    model.add(Dropout(0.3))'));
  });

  test('behind the input of a sequential model stands another item, no call', () => {
    for (const [before, after] of [
      [
        'keras.Sequential([keras.Input(shape=(4,)), keras.layers.Dense(2)])',
        'keras.Input(shape=(4,)), keras.layers.BatchNormalization(), keras.layers.Dense(2)',
      ],
      [
        'keras.Sequential()\n    model.add(keras.Input(shape=(4,)))\n    model.add(keras.layers.Dense(2))',
        'model.add(keras.Input(shape=(4,)))\n    model.add(keras.layers.BatchNormalization())\n',
      ],
    ] as const) {
      const text = `import keras\n\ndef build_model():\n    model = ${before}\n    return model\n`;
      const twin = { name: 'model.py', text, language: 'python' } as const;
      const layers = [spec('batchNormalization')];
      const written = writeOk(syntax, twin, [{ kind: 'insertLayers', after: 0, layers }]);
      assert.ok(written.includes(after), written);
    }
  });

  test('optimiser and loss', () => {
    const lines = change(added, compile({ optimizer: { type: 'sgd', learningRate: 0.05 } }));
    assert.ok(lines.includes('+from tensorflow.keras.optimizers import SGD'));
    assert.ok(
      lines.includes(
        '+    model.compile(loss="mse", optimizer=SGD(learning_rate=0.05), metrics=["mae"])',
      ),
    );
    assert.deepEqual(change(added, compile({ loss: { kind: 'named', name: 'logcosh' } })), [
      '-    model.compile(loss="mse", optimizer="adam", metrics=["mae"])',
      '+    model.compile(loss="log_cosh", optimizer="adam", metrics=["mae"])',
    ]);
  });

  test('a loss of its own stands above the builder, in Python', () => {
    const source = 'def softHuber(y_true, y_pred):\n    return ops.mean(ops.abs(y_pred - y_true))';
    const helper = { name: 'softHuber', source: { typescript: '', javascript: '', keras: source } };
    const lines = change(added, compile({ loss: { kind: 'helper', helper } }));
    assert.ok(lines.includes('+from tensorflow.keras import ops'));
    assert.ok(lines.includes('+def softHuber(y_true, y_pred):'));
    assert.ok(
      lines.includes('+    model.compile(loss=softHuber, optimizer="adam", metrics=["mae"])'),
    );
  });

  const functional = [
    'from tensorflow import keras',
    'from tensorflow.keras import layers',
    'def build_model():',
    '    inputs = keras.Input(shape=(8,))',
    "    x = layers.Dense(8, activation='relu')(inputs)",
    "    x = layers.Dense(8, activation='relu')(x)",
    '    x = layers.Dropout(0.2)(x)',
    '    return keras.Model(inputs, layers.Dense(1)(x))',
  ];

  test('functional: insert, remove, a residual connection, behind the input', () => {
    assert.deepEqual(
      change(functional, { kind: 'insertLayers', after: 1, layers: [spec('layerNormalization')] }),
      ['+    x = layers.LayerNormalization()(x)'],
    );
    assert.deepEqual(change(functional, { kind: 'removeLayer', layer: 3 }), [
      '-    x = layers.Dropout(0.2)(x)',
    ]);
    assert.deepEqual(
      change(functional, { kind: 'addResidual', from: 1, to: 2, projection: null }).filter((line) =>
        line.includes('shortcut'),
      ),
      ['+    shortcut = x', '+    x = x + shortcut'],
    );
    assert.deepEqual(
      change(functional, {
        kind: 'insertLayers',
        after: 'input',
        layers: [spec('batchNormalization')],
      }),
      [
        "-    x = layers.Dense(8, activation='relu')(inputs)",
        '+    x0 = layers.BatchNormalization()(inputs)',
        "+    x = layers.Dense(8, activation='relu')(x0)",
      ],
    );
  });

  test('a subclassed model: made in __init__, applied in call', () => {
    const lines = [
      'import tensorflow as tf',
      'class Net(tf.keras.Model):',
      '    def __init__(self):',
      '        super().__init__()',
      '        self.hidden = tf.keras.layers.Dense(16)',
      '        self.out = tf.keras.layers.Dense(1)',
      '    def call(self, x):',
      '        return self.out(self.hidden(x))',
    ];
    assert.deepEqual(
      change(lines, {
        kind: 'insertLayers',
        after: 1,
        layers: [spec('dropout', { rate: number(0.5) })],
      }).filter((line) => /ropout/.test(line)),
      [
        '+        self.dropout = tf.keras.layers.Dropout(0.5)',
        '+        return self.out(self.dropout(self.hidden(x)))',
      ],
    );
  });
});

describe('edits of PyTorch modules', () => {
  const list = [
    'import torch.nn as nn',
    'def build_model():',
    '    return nn.Sequential(',
    '        nn.Linear(20, 64),',
    '        nn.ReLU(),',
    '        nn.Linear(64, 3),',
    '    )',
  ];

  test('what a layer says of its input follows the layer before', () => {
    assert.deepEqual(
      change(list, { kind: 'setArgument', layer: 0, name: 'units', value: number(128) }),
      [
        '-        nn.Linear(20, 64),',
        '-        nn.ReLU(),',
        '-        nn.Linear(64, 3),',
        '+        nn.Linear(20, 128),',
        '+        nn.ReLU(),',
        '+        nn.Linear(128, 3),',
      ],
    );
  });

  test('a dense layer with its activation, normalisation, another activation', () => {
    const dense = spec('dense', { units: number(32), activation: string('relu') });
    assert.deepEqual(change(list, { kind: 'insertLayers', after: 1, layers: [dense] }), [
      '-        nn.Linear(64, 3),',
      '+        nn.Linear(64, 32),',
      '+        nn.ReLU(),',
      '+        nn.Linear(32, 3),',
    ]);
    assert.deepEqual(
      change(list, { kind: 'insertLayers', after: 0, layers: [spec('batchNormalization')] }),
      ['+        nn.BatchNorm1d(64),'],
    );
    const gelu = spec('activation', { activation: string('gelu') });
    assert.deepEqual(change(list, { kind: 'replaceLayer', layer: 1, with: gelu }), [
      '-        nn.ReLU(),',
      '+        nn.GELU(),',
    ]);
  });

  const net = [
    'import torch.nn as nn',
    'import torch.nn.functional as F',
    'import torch.optim as optim',
    'class Net(nn.Module):',
    '    def __init__(self):',
    '        super().__init__()',
    '        self.conv1 = nn.Conv2d(1, 8, 3)',
    '        self.drop = nn.Dropout(0.2)',
    '        self.fc1 = nn.Linear(1352, 10)',
    '    def forward(self, x):',
    '        x = F.relu(self.conv1(x))',
    '        x = F.max_pool2d(x, 2)',
    '        x = x.view(x.size(0), -1)',
    '        x = self.drop(x)',
    '        return self.fc1(x)',
    'net = Net()',
    'optimizer = optim.SGD(net.parameters(), lr=0.1)',
    'criterion = nn.CrossEntropyLoss()',
  ];

  test('through a flatten, by what its size says', () => {
    const lines = change(net, {
      kind: 'setArgument',
      layer: 1,
      name: 'filters',
      value: number(16),
    });
    assert.ok(lines.includes('+        self.conv1 = nn.Conv2d(1, 16, 3)'));
    assert.ok(lines.includes('+        self.fc1 = nn.Linear(2704, 10)'));
  });

  test('a module is made in __init__ and applied in forward; another goes from both', () => {
    assert.deepEqual(
      change(net, { kind: 'insertLayers', after: 1, layers: [spec('batchNormalization')] }).filter(
        (line) => line.includes('norm'),
      ),
      ['+        self.norm = nn.BatchNorm2d(8)', '+        x = F.relu(self.norm(self.conv1(x)))'],
    );
    const removed = change(net, { kind: 'removeLayer', layer: 5 });
    assert.ok(removed.includes('-        self.drop = nn.Dropout(0.2)'));
    assert.ok(removed.includes('-        x = self.drop(x)'));
  });

  test('the optimiser of the file, and its rate', () => {
    assert.deepEqual(change(net, compile({ optimizer: { type: 'sgd', learningRate: 0.01 } })), [
      '-optimizer = optim.SGD(net.parameters(), lr=0.1)',
      '+optimizer = optim.SGD(net.parameters(), lr=0.01)',
    ]);
    assert.deepEqual(change(net, compile({ optimizer: { type: 'adam', learningRate: 1e-3 } })), [
      '-optimizer = optim.SGD(net.parameters(), lr=0.1)',
      '+optimizer = optim.Adam(net.parameters(), lr=0.001)',
    ]);
  });

  test('a change that the flattened size would depend on is refused', () => {
    const refused = syntax.read(net.join('\n'), 'python');
    assert.ok(refused.ok);
    const written = syntax.write(net.join('\n'), refused.value, [
      { kind: 'removeLayer', layer: 3 },
    ]);
    assert.ok(!written.ok);
    assert.match(written.error.message, /the size that is flattened behind it/);
  });
});
