import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { CortexError } from '../../../src/util/errors.ts';
import { makeFolder, makeTrainer, NEVER, studyOn } from './harness.ts';

const trainer = makeTrainer();
const CSV = { csv: 'table.csv', target: 'label', task: 'classification' };

after(() => trainer.dispose());

interface Case {
  readonly title: string;
  readonly code: string;
  readonly says: RegExp;
  readonly files: Readonly<Record<string, string>>;
  readonly config?: object;
}

const rows = (make: (row: number) => string, count = 40): string =>
  Array.from({ length: count }, (_, row) => make(row)).join('\n');
const table = (change: (line: string, row: number) => string = (line) => line): string =>
  `a,b,label\n${rows((row) => change(`${row % 7},${row % 5},${row % 2}`, row))}\n`;
const module = (body: string): string =>
  `exports.loadData = () => { const n = Array.from({ length: 40 }, (_, i) => i); ${body} };`;

const cases: readonly Case[] = [
  {
    title: 'NaN in a table',
    code: 'data-not-a-number',
    says: /row 7 \(line 8\), column "b" is "NaN"/,
    files: { 'table.csv': table((line, row) => (row === 6 ? '1,NaN,0' : line)) },
    config: { data: CSV },
  },
  {
    title: 'an empty cell',
    code: 'data-not-a-number',
    says: /row 3 \(line 4\), column "a" is empty/,
    files: { 'table.csv': table((line, row) => (row === 2 ? ',1,0' : line)) },
    config: { data: CSV },
  },
  {
    title: 'text in a number column',
    code: 'data-not-a-number',
    says: /row 12 \(line 13\), column "a" is "many"/,
    files: { 'table.csv': table((line, row) => (row === 11 ? 'many,1,0' : line)) },
    config: { data: CSV },
  },
  {
    title: 'text in a regression target',
    code: 'data-not-a-number',
    says: /column "label" is "high"/,
    files: { 'table.csv': table((line, row) => (row === 5 ? '1,1,high' : line)) },
    config: { data: { ...CSV, task: 'regression' } },
  },
  {
    title: 'one class only',
    code: 'data-one-class',
    says: /same class \(1\)/,
    files: { 'table.csv': table((line) => line.replace(/.$/, '1')) },
    config: { data: CSV },
  },
  {
    title: 'a constant target',
    code: 'data-constant-target',
    says: /Every row .* same target \(1\)/,
    files: { 'table.csv': table((line) => line.replace(/.$/, '1')) },
    config: { data: { ...CSV, task: 'regression' } },
  },
  {
    title: 'as many classes as rows',
    code: 'data-too-many-classes',
    says: /40 different values/,
    files: { 'table.csv': `a,b,label\n${rows((row) => `1,2,name${row}`)}` },
    config: { data: CSV },
  },
  {
    title: 'a wrong target name',
    code: 'data-missing-column',
    says: /no column "lable".*a, b, label/,
    files: { 'table.csv': table() },
    config: { data: { ...CSV, target: 'lable' } },
  },
  {
    title: 'a missing table',
    code: 'data-file-missing',
    says: /table\.csv does not exist/,
    files: {},
    config: { data: CSV },
  },
  {
    title: 'a missing data module',
    code: 'data-file-missing',
    says: /data\.ts does not exist/,
    files: {},
  },
  {
    title: 'a named module that is missing',
    code: 'data-file-missing',
    says: /other\.ts does not exist/,
    files: {},
    config: { data: 'other.ts' },
  },
  {
    title: 'an empty table',
    code: 'data-empty',
    says: /no rows/,
    files: { 'table.csv': '' },
    config: { data: CSV },
  },
  {
    title: 'a header alone',
    code: 'data-empty',
    says: /no rows/,
    files: { 'table.csv': 'a,b,label\n' },
    config: { data: CSV },
  },
  {
    title: 'too few rows',
    code: 'data-too-few-rows',
    says: /has 4 rows.*at least 10/,
    files: { 'table.csv': 'a,label\n1,0\n2,1\n3,0\n4,1\n' },
    config: { data: CSV },
  },
  {
    title: 'a line with a cell too many',
    code: 'data-malformed-csv',
    says: /line 9|Invalid Record Length/,
    files: { 'table.csv': table((line, row) => (row === 7 ? '1,2,3,4' : line)) },
    config: { data: CSV },
  },
  {
    title: 'a shape that does not fit',
    code: 'data-wrong-shape',
    says: /\[3, 3\] holds 9 numbers; .* has 2 columns/,
    files: { 'table.csv': table() },
    config: { data: { ...CSV, inputShape: [3, 3] } },
  },
  {
    title: 'no loadData',
    code: 'data-no-loader',
    says: /has no loadData: it is not a data module of Cortex/,
    files: { 'data.js': 'exports.load = () => 1;' },
  },
  {
    title: 'a loadData that throws',
    code: 'data-module-failed',
    says: /data\.ts, line 3: loadData failed: no disk/,
    files: {
      'data.ts':
        'interface A { a: number }\nexport function loadData(): A {\n  throw new Error("no ' +
        'disk");\n}\n',
    },
  },
  {
    title: 'a syntax error in the module',
    code: 'data-module-failed',
    says: /data\.ts, line 2/,
    files: { 'data.ts': 'export const loadData = () => ({\n  inputs: [[1] [,\n' },
  },
  {
    title: 'a module that writes',
    code: 'data-module-failed',
    says: /may read files, but not write/,
    files: { 'data.js': module(`require('fs').writeFileSync(__dirname + '/x', '1');`) },
  },
  {
    title: 'nothing returned',
    code: 'data-wrong-form',
    says: /not an object/,
    files: { 'data.js': module('') },
  },
  {
    title: 'no targets',
    code: 'data-wrong-form',
    says: /without inputs and targets/,
    files: { 'data.js': module('return { inputs: n.map((i) => [i]) };') },
  },
  {
    title: 'NaN in an array',
    code: 'data-not-a-number',
    says: /inputs\[4\]\[1\] is NaN/,
    files: {
      'data.js': module(
        'return { inputs: n.map((i) => [i, i === 4 ? NaN : 1]), targets: n.map((i) => i % 2) };',
      ),
    },
  },
  {
    title: 'NaN in a typed array',
    code: 'data-not-a-number',
    says: /inputs\[2\]\[0\] is NaN/,
    files: {
      'data.js': module(
        'const values = new Float32Array(80); values[4] = NaN; return { inputs: { values, ' +
          'shape: [40, 2] }, targets: n.map((i) => i % 2) };',
      ),
    },
  },
  {
    title: 'text in an array',
    code: 'data-not-a-number',
    says: /inputs\[9\]\[0\] is the text "x"/,
    files: {
      'data.js': module(
        'return { inputs: n.map((i) => [i === 9 ? "x" : 1]), targets: n.map((i) => i % 2) };',
      ),
    },
  },
  {
    title: 'ragged rows',
    code: 'data-wrong-form',
    says: /inputs\[3\] is an array of 1, unlike the first row \(2 values\)/,
    files: {
      'data.js': module(
        'return { inputs: n.map((i) => (i === 3 ? [1] : [1, 2])), targets: n.map((i) => i % 2) };',
      ),
    },
  },
  {
    title: 'a shape that does not hold the values',
    code: 'data-wrong-form',
    says: /80 numbers under the shape \[40, 3\]/,
    files: {
      'data.js': module(
        'return { inputs: { values: new Float32Array(80), shape: [40, 3] }, targets: ' +
          'n.map((i) => i % 2) };',
      ),
    },
  },
  {
    title: 'fewer targets than inputs',
    code: 'data-wrong-shape',
    says: /40 inputs and 39 targets/,
    files: {
      'data.js': module(
        'return { inputs: n.map((i) => [i]), targets: n.slice(1).map((i) => i % 2) };',
      ),
    },
  },
  {
    title: 'a class that is never trained on',
    code: 'data-unknown-class',
    says: /Class c is in the validation part/,
    files: {
      'data.js': module(
        'const part = (names) => ({ inputs: n.map((i) => [i]), targets: n.map((i) => names[i ' +
          `% names.length]) }); return { train: part(['a', 'b']), validation: part(['a', 'c']) ` +
          '};',
      ),
    },
  },
  {
    title: 'scaling asked of datasets',
    code: 'data-not-preprocessable',
    says: /standardizeInputs is on/,
    files: {
      'data.js':
        `const tf = require('@tensorflow/tfjs'); const set = () => tf.data.array([{ xs: [1], ` +
        'ys: [1] }]); exports.loadData = () => ({ train: set(), validation: set() });',
    },
    config: { preprocessing: { standardizeInputs: true } },
  },
  {
    title: 'an objective nobody logs',
    code: 'objective-unknown-metric',
    says: /"val_acc" is not among .* loss, accuracy, val_loss, val_accuracy/,
    files: { 'table.csv': table() },
    config: { data: CSV, objective: { metric: 'val_acc', direction: 'maximize' } },
  },
];

describe('data that cannot be trained on is a clear input error', () => {
  for (const { title, code, says, files, config } of cases) {
    test(title, async () => {
      const { folder, remove } = await makeFolder(files);
      await assert.rejects(
        trainer.profileData(studyOn(folder, config), NEVER),
        (error: CortexError) => {
          assert.equal(error.code, code, error.message);
          assert.equal(error.kind, 'input');
          assert.match(error.message, says);
          return true;
        },
      );
      await remove();
    });
  }
});
