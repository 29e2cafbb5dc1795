import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { TreeSitterSyntax } from '../../../src/adapters/syntax/treeSitterSyntax.ts';
import type { ArchitectureEdit } from '../../../src/model/edits.ts';
import { boolean, number, string } from '../../../src/model/values.ts';
import { changedLines, loadSyntax, readOk, spec, writeOk } from './support.ts';

let syntax: TreeSitterSyntax;
before(async () => {
  syntax = await loadSyntax();
});

/** The lines that an edit changes. */
function change(lines: readonly string[], edit: ArchitectureEdit): string[] {
  const text = `${lines.join('\n')}\n`;
  return changedLines(
    text,
    writeOk(syntax, { name: 'model.py', text, language: 'python' }, [edit]),
  );
}

describe('Keras models in sequence', () => {
  const added = [
    'from tensorflow.keras.models import Sequential',
    'from tensorflow.keras.layers import Dense, Dropout',
    '',
    'def build_model(input_shape):',
    '    model = Sequential()',
    '    model.add(Dense(64, activation="relu", input_shape=input_shape))  # wide',
    '    model.add(Dense(1))',
    '    return model',
  ];

  const sequence = [
    'import keras',
    'from keras import layers',
    '',
    'def build_model():',
    '    model = keras.Sequential([',
    '        keras.Input(shape=(4,)),',
    '        # first',
    "        layers.Dense(8, activation='relu'),  # wide",
    '        layers.Dense(',
    '            16,',
    '        ),',
    '        layers.Dense(1),',
    "    ], name='net')",
    '    return model',
  ];
  const projection = spec('dense', { units: number(16), useBias: boolean(false) });

  test('a model in sequence becomes a chain of calls for a shortcut, comments and name kept', () => {
    const written = change(sequence, { kind: 'addResidual', from: 1, to: 2, projection });
    assert.deepEqual(
      written.filter((line) => line.startsWith('+')),
      [
        '+    inputs = keras.Input(shape=(4,))',
        '+    # first',
        "+    x = layers.Dense(8, activation='relu')(inputs)  # wide",
        '+    shortcut = x',
        '+    x = layers.Dense(',
        '+        16,',
        '+    )(x)',
        '+    shortcut = layers.Dense(16, use_bias=False)(shortcut)',
        '+    x = x + shortcut',
        '+    x = layers.Dense(1)(x)',
        "+    model = keras.Model(inputs, x, name='net')",
      ],
    );
  });

  test('so does one by model.add whose first layer states the input; one in use stays', () => {
    const gate = {
      kind: 'addBranch',
      at: 0,
      layers: [spec('dense', { units: number(64), activation: string('sigmoid') })],
      merge: spec('multiply'),
    } as const;
    assert.deepEqual(
      change(added, gate).filter((line) => /^\+(from|    )/.test(line)),
      [
        '+from tensorflow.keras import Input',
        '+from tensorflow.keras import Model',
        '+    inputs = Input(shape=input_shape)',
        '+    x = Dense(64, activation="relu")(inputs)  # wide',
        '+    gate = Dense(64, activation="sigmoid")(x)',
        '+    x = x * gate',
        '+    x = Dense(1)(x)',
        '+    model = Model(inputs, x)',
      ],
    );
    const used = added.toSpliced(6, 0, '    model.summary()');
    const text = `${used.join('\n')}\n`;
    const refused = syntax.write(text, readOk(syntax, text, 'python'), [gate]);
    assert.match(refused.ok ? '' : refused.error.message, /used before its last layer/);
  });
});
