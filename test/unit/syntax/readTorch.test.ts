import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { TreeSitterSyntax } from '../../../src/adapters/syntax/treeSitterSyntax.ts';
import { lensOf } from '../../../src/model/lens/lens.ts';
import { layersOf, loadSyntax, readOk } from './support.ts';

let syntax: TreeSitterSyntax;
before(async () => {
  syntax = await loadSyntax();
});

const read = (...lines: readonly string[]): ReturnType<typeof readOk> =>
  readOk(syntax, `${lines.join('\n')}\n`, 'python');

/** The layers, each with its output's shape and its parameters. */
const measured = (architecture: ReturnType<typeof readOk>): string[] =>
  lensOf(architecture, null).layers.map(
    ({ layer, outputShape, parameters }) =>
      `${layer.type} ${typeof outputShape === 'string' ? '?' : outputShape.join('×')} ${parameters ?? '?'}`,
  );

describe('PyTorch as people write it', () => {
  test('a builder that returns a module: the layers of the module', () => {
    const architecture = read(
      'import torch.nn as nn',
      'class Net(nn.Module):',
      '    def __init__(self, inputs=20, hidden=64):',
      '        super().__init__()',
      '        self.net = nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, 1))',
      '    def forward(self, x):',
      '        return self.net(x)',
      'def build_model():',
      '    return Net()',
    );
    assert.deepEqual(measured(architecture), [
      'inputLayer 20 0',
      'dense 64 1344',
      'reLU 64 0',
      'dense 1 65',
    ]);
    assert.equal(architecture.framework, 'torch');
    assert.deepEqual(
      architecture.scope?.map(({ startLine, endLine }) => [startLine, endLine]),
      [[2, 7]],
    );
  });

  test('functions in forward, and the loss and optimiser of the script', () => {
    const architecture = read(
      'import torch',
      'import torch.nn as nn',
      'import torch.nn.functional as F',
      'import torch.optim as optim',
      'class Net(nn.Module):',
      '    def __init__(self):',
      '        super(Net, self).__init__()',
      '        self.conv1 = nn.Conv2d(1, 32, 3, 1)',
      '        self.dropout = nn.Dropout(0.25)',
      '        self.fc1 = nn.Linear(4608, 10)',
      '    def forward(self, x):',
      '        x = F.relu(self.conv1(x))',
      '        x = F.max_pool2d(x, 2)',
      '        x = self.dropout(x)',
      '        x = torch.flatten(x, 1)',
      '        return F.log_softmax(self.fc1(x), dim=1)',
      'def main():',
      '    model = Net()',
      '    optimizer = optim.Adadelta(model.parameters(), lr=0.5)',
      '    loss = F.nll_loss(model(batch), target)',
      "if __name__ == '__main__':",
      '    main()',
    );
    assert.deepEqual(layersOf(architecture), [
      '0 inputLayer()',
      '1 conv2d(inChannels: 1, filters: 32, kernelSize: 3, strides: 1) ← 0',
      '2 reLU() ← 1',
      '3 maxPooling2d(poolSize: 2) ← 2',
      '4 dropout(rate: 0.25) ← 3',
      '5 flatten() ← 4',
      '6 dense(inFeatures: 4608, units: 10) ← 5',
      "7 activation(activation: 'logSoftmax', axis: 1) ← 6",
    ]);
    assert.equal(lensOf(architecture, null).parameters, 46_410);
    assert.equal(architecture.compile?.optimizer?.learningRate, 0.5);
    assert.deepEqual(architecture.compile.loss, {
      kind: 'string',
      value: 'sparseCategoricalCrossentropy',
    });
  });

  test('residual blocks made by a loop, with a shortcut that may be empty', () => {
    const architecture = read(
      'import torch.nn as nn',
      'class Block(nn.Module):',
      '    def __init__(self, a, b):',
      '        super().__init__()',
      '        self.conv = nn.Conv2d(a, b, 3, padding=1, bias=False)',
      '        self.bn = nn.BatchNorm2d(b)',
      '        self.shortcut = nn.Sequential()',
      '        if a != b:',
      '            self.shortcut = nn.Sequential(nn.Conv2d(a, b, 1, bias=False))',
      '    def forward(self, x):',
      '        return self.bn(self.conv(x)) + self.shortcut(x)',
      'class Net(nn.Module):',
      '    def __init__(self, widths):',
      '        super().__init__()',
      '        self.blocks = nn.ModuleList()',
      '        before = 3',
      '        for width in widths:',
      '            self.blocks.append(Block(before, width))',
      '            before = width',
      '        self.fc = nn.Linear(before, 10)',
      '    def forward(self, x):',
      '        for block in self.blocks:',
      '            x = block(x)',
      '        return self.fc(x.mean([2, 3]))',
      'def net():',
      '    return Net([8, 8])',
    );
    assert.deepEqual(
      architecture.layers.map(({ type, inputs }) => `${type} ${inputs.join()}`),
      [
        'inputLayer ',
        'conv2d 0',
        'batchNormalization 1',
        'conv2d 0',
        'add 2,3',
        'conv2d 4',
        'batchNormalization 5',
        'add 6,4',
        'operation 7',
        'dense 8',
      ],
    );
    assert.equal(lensOf(architecture, null).parameters, 216 + 16 + 24 + 576 + 16 + 90);
  });

  test('a recurrent module gives its sequence and its state', () => {
    const architecture = read(
      'import torch.nn as nn',
      'class Net(nn.Module):',
      '    def __init__(self, size=2, hidden=4):',
      '        super().__init__()',
      '        self.rnn = nn.LSTM(size, hidden, num_layers=2, batch_first=True)',
      '        self.fc = nn.Linear(hidden, 1)',
      '    def forward(self, x):',
      '        out, (h, c) = self.rnn(x)',
      '        return self.fc(out[:, -1, :])',
    );
    assert.equal(lensOf(architecture, null).parameters, 288 + 5);
  });

  test('a layer that a script trains by itself is its model', () => {
    const architecture = read(
      'import torch',
      'from torch import nn',
      'x = torch.rand(20, 3)',
      'model = nn.Linear(3, 1)',
      'optimizer = torch.optim.SGD(model.parameters(), lr=0.1)',
      'for epoch in range(5):',
      '    optimizer.zero_grad()',
      '    nn.functional.mse_loss(model(x), x.sum(1, keepdim=True)).backward()',
      '    optimizer.step()',
    );
    assert.deepEqual(
      architecture.layers.map(({ type }) => type),
      ['dense'],
    );
    assert.equal(architecture.builder.name, 'model');
    assert.equal(architecture.compile?.optimizer?.learningRate, 0.1);
    assert.equal(lensOf(architecture, null).parameters, 4);
  });

  test('two builders that are equally likely are named with their lines', () => {
    const text = [
      'import torch.nn as nn',
      'def small():',
      '    return nn.Sequential(nn.Linear(4, 2), nn.Linear(2, 1))',
      'def large():',
      '    return nn.Sequential(nn.Linear(4, 64), nn.Linear(64, 1))',
    ].join('\n');
    const refused = syntax.read(text, 'python');
    assert.ok(!refused.ok);
    assert.equal(refused.error.code, 'model-two-builders');
    assert.match(refused.error.message, /`small` in line 2, `large` in line 4/);
    const chosen = syntax.read(text, 'python', { builder: 'large' });
    assert.ok(chosen.ok);
    assert.equal(chosen.value.layers[0]?.range.startLine, 5);
  });

  const module = (name: string, ...body: readonly string[]): string =>
    [`class ${name}(nn.Module):`, ...body.map((line) => `    ${line}`)].join('\n');
  const NET = module(
    'Net',
    'def __init__(self):',
    '    super().__init__()',
    '    self.head = nn.Linear(4, 2)',
    'def forward(self, x):',
    '    return self.head(x)',
  );

  test('a loss of one’s own is no second builder', () => {
    const loss = module('TiltedLoss', 'def forward(self, x, y):', '    return (x - y).mean()');
    const found = syntax.read(`import torch.nn as nn\n${loss}\n${NET}\n`, 'python');
    assert.ok(found.ok, found.ok ? '' : found.error.message);
    assert.equal(found.value.builder.name, 'Net');
  });

  test('an agent that takes rows it is given apart is read past', () => {
    const agent = [
      'class Agent:',
      '    def __init__(self):',
      '        self.net = Net()',
      '    def learn(self, batch):',
      '        states, actions = zip(*batch)',
      'agent = Agent()',
      'agent.learn(load())',
    ].join('\n');
    const found = syntax.read(`import torch.nn as nn\n${NET}\n${agent}\n`, 'python');
    assert.ok(found.ok, found.ok ? '' : found.error.message);
    assert.equal(found.value.builder.name, 'Net');
  });

  test('layers taken from a model that is not here are not counted as none', () => {
    const taken = module(
      'Taken',
      'def __init__(self):',
      '    super().__init__()',
      '    parts = list(load().children())[:-2]',
      '    parts.extend([nn.Flatten()])',
      '    self.net = nn.Sequential(*parts)',
      'def forward(self, x):',
      '    return self.net(x)',
    );
    const found = syntax.read(`import torch.nn as nn\n${taken}\n`, 'python');
    assert.ok(found.ok, found.ok ? '' : found.error.message);
    assert.equal(lensOf(found.value, null).parameters, null);
  });
});
