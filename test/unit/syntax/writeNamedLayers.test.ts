import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { TreeSitterSyntax } from '../../../src/adapters/syntax/treeSitterSyntax.ts';
import type { ArchitectureEdit } from '../../../src/model/edits.ts';
import { number } from '../../../src/model/values.ts';
import { changedLines, loadSyntax, spec, writeOk } from './support.ts';

let syntax: TreeSitterSyntax;
before(async () => {
  syntax = await loadSyntax();
});

/** The lines that an edit changes. */
function change(lines: readonly string[], edit: ArchitectureEdit): string[] {
  const text = `${lines.join('\n')}\n`;
  const written = writeOk(syntax, { name: 'model.py', text, language: 'python' }, [edit]);
  return changedLines(text, written);
}

describe('edits of a PyTorch Sequential whose layers have names', () => {
  const layers = [
    ['nn.Linear(4, 16)', 'fc1'],
    ['nn.ReLU()', 'dropout'],
    ['nn.Linear(16, 3)', 'fc2'],
  ] as const;
  const dropout = spec('dropout', { rate: number(0.2) });

  test('an OrderedDict gets names that it does not have yet', () => {
    const ordered = [
      'from collections import OrderedDict',
      'import torch.nn as nn',
      '',
      'def build_model():',
      '    return nn.Sequential(OrderedDict([',
      ...layers.map(([layer, name]) => `        ("${name}", ${layer}),`),
      '    ]))',
    ];
    assert.deepEqual(change(ordered, { kind: 'insertLayers', after: 1, layers: [dropout] }), [
      '+        ("dropout2", nn.Dropout(0.2)),',
    ]);
    assert.deepEqual(change(ordered, { kind: 'insertLayers', after: 'input', layers: [dropout] }), [
      '+        ("dropout2", nn.Dropout(0.2)),',
    ]);
    assert.deepEqual(change(ordered, { kind: 'removeLayer', layer: 1 }), [
      '-        ("dropout", nn.ReLU()),',
    ]);
  });

  test('a module is added with a name where others are', () => {
    const added = [
      'import torch.nn as nn',
      '',
      'def build_model():',
      '    model = nn.Sequential()',
      ...layers.map(([layer, name]) => `    model.add_module("${name}", ${layer})`),
      '    return model',
    ];
    assert.deepEqual(change(added, { kind: 'insertLayers', after: 1, layers: [dropout] }), [
      '+    model.add_module("dropout2", nn.Dropout(0.2))',
    ]);
    assert.deepEqual(change(added, { kind: 'removeLayer', layer: 1 }), [
      '-    model.add_module("dropout", nn.ReLU())',
    ]);
  });
});
