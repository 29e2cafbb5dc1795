import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { countArrows } from '../../../scripts/metrics/countArrows.ts';
import { measureFile } from '../../../scripts/metrics/measureFile.ts';
import { metricRows, quantile } from '../../../scripts/metrics/rows.ts';

const long = 'x'.repeat(101);

describe('a file in numbers', () => {
  test('its lines, and each function from its first word to its closing brace', () => {
    const text = [
      '/** Not part of it. */',
      'export function outer(): number {',
      '  const inner = () =>',
      '    1;',
      '  return inner();',
      '}',
      'declare function without(): void;',
      'class Held { get one() { return 1; } }',
      '',
    ].join('\n');
    const { lines, functions } = measureFile('a.ts', text);
    assert.deepEqual(
      { lines, functions },
      {
        lines: 8,
        functions: [
          { line: 2, lines: 5 },
          { line: 3, lines: 2 },
          { line: 8, lines: 1 },
        ],
      },
    );
  });

  test('its wide lines: text and comments count, addresses and regular expressions do not', () => {
    const text = [
      `const a = '${long}';`,
      `// ${long}`,
      `// https://example.org/${long}`,
      `const b = /${long}/;`,
      'const c = String.raw`' + long + '`;',
      `const d = 1;`,
    ].join('\n');
    assert.deepEqual(measureFile('a.ts', text).wide, [1, 2]);
  });
});

describe('the numbers beside their bounds', () => {
  test('a quantile is a value that was measured; of nothing it is 0', () => {
    assert.deepEqual(
      { median: quantile([3, 1, 2, 4], 0.5), p90: quantile([1, 2, 3], 0.9), none: quantile([], 1) },
      { median: 2, p90: 3, none: 0 },
    );
  });

  test('what is furthest out is named first', () => {
    const file = (path: string, lines: number) => ({ path, lines, functions: [], wide: [] });
    const rows = metricRows([file('a.ts', 10), file('b.ts', 310), file('c.ts', 400)], {
      circles: ['a.ts → b.ts'],
      up: [],
    });
    const row = (name: string) => rows.find((other) => other.name === name);
    assert.deepEqual(row('file lines, max'), {
      name: 'file lines, max',
      value: 400,
      bound: 300,
      furthest: ['c.ts (400)', 'b.ts (310)'],
    });
    assert.equal(row('import circles')?.value, 1);
    assert.equal(row('arrows up')?.value, 0);
  });
});

test('a circle of types alone is a circle', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cortex-metrics-'));
  writeFileSync(join(folder, 'a.ts'), "import type { B } from './b.ts';\nexport type A = B;\n");
  writeFileSync(join(folder, 'b.ts'), "import type { A } from './a.ts';\nexport type B = A;\n");
  const { circles, up } = await countArrows(folder);
  assert.deepEqual({ circles: circles.length, up }, { circles: 1, up: [] });
});
