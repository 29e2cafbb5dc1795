import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileText, scriptOf } from '../../../src/model/notebook.ts';

const CELLS = [
  { cell_type: 'markdown', metadata: {}, source: ['# Digits\n', 'A small model.'] },
  { cell_type: 'code', source: ['%matplotlib inline\n', 'import keras\n'], outputs: [1] },
  { cell_type: 'code', source: '!pip install keras', outputs: [], execution_count: 2 },
  { cell_type: 'code', source: ['%%bash\n', 'ls -l'], outputs: [] },
  { cell_type: 'code', source: ['def f():\n', '    return 1\n', '\n', 'f()'], outputs: ['1'] },
];

const NOTEBOOK = JSON.stringify({ cells: CELLS, metadata: { name: 'x' }, nbformat: 4 });

const PATH = '/study/x.ipynb';

const script = scriptOf(NOTEBOOK) ?? '';

test('a notebook is a script of its code cells; what Python cannot read is a comment', () => {
  assert.equal(
    script,
    [
      '# notebook: %matplotlib inline\nimport keras\n',
      '# notebook: !pip install keras',
      '# notebook: %%bash\n# notebook: ls -l',
      'def f():\n    return 1\n\nf()',
    ].join('\n\n# %%\n') + '\n',
  );
});

test('a changed script goes back into its cells, and all else stays', () => {
  const changed = script.replace('return 1', 'return 2');
  const written = fileText(PATH, NOTEBOOK, changed);
  assert.equal(scriptOf(written), changed);
  const { cells, ...rest } = JSON.parse(written) as { cells: readonly unknown[] };
  assert.deepEqual(rest, { metadata: { name: 'x' }, nbformat: 4 });
  assert.deepEqual(cells.slice(0, 4), CELLS.slice(0, 4), 'cells that did not change, outputs too');
  assert.deepEqual(cells[4], {
    ...CELLS[4],
    source: ['def f():\n', '    return 2\n', '\n', 'f()'],
    outputs: [],
  });
});

test('whatever the notebook is by now, the code that is read back is the code', () => {
  const fewer = script.split('\n\n# %%\n').slice(0, 2).join('\n\n# %%\n') + '\n';
  const more = `${script}\n\n# %%\nprint("new")\n`;
  for (const text of [fewer, more, '\n', '# notebook: my own words\n', script])
    assert.equal(scriptOf(fileText(PATH, NOTEBOOK, text)), text);
});

test('another file holds its code as it is, and what is no notebook is none', () => {
  assert.equal(fileText('/study/x.py', NOTEBOOK, 'x = 1\n'), 'x = 1\n');
  assert.equal(scriptOf('import keras\n'), null);
  assert.equal(scriptOf('{"cells": 3}'), null);
});
