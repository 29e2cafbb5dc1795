import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fingerprint } from '../../../src/model/fingerprint.ts';
import type { ArchitectureEdit } from '../../../src/model/edits.ts';
import type { Language } from '../../../src/model/modelFile.ts';
import { number } from '../../../src/model/values.ts';
import { fixture, loadSyntax, spec } from './support.ts';

/**
 * Whatever a file looks like, reading and writing answer with a result: never an exception, never
 * half a change.
 */

const syntax = await loadSyntax();

const REMOVE: ArchitectureEdit = { kind: 'removeLayer', layer: 1 };

const EDITS: readonly ArchitectureEdit[] = [
  { kind: 'insertLayers', after: 1, layers: [spec('dropout', { rate: number(0.5) })] },
  REMOVE,
  { kind: 'addResidual', from: 0, to: 1, projection: null },
  {
    kind: 'setCompile',
    optimizer: { type: 'adam', learningRate: 0.5 },
    fallback: { optimizer: { type: 'adam', learningRate: 1 }, loss: 'hinge' },
  },
];

/** The text without one line, and without everything behind a place. */
const damaged = (text: string): string[] => {
  const lines = text.split('\n');
  return [
    ...lines.map((_, index) => lines.toSpliced(index, 1).join('\n')),
    ...lines.map((line, index) =>
      [...lines.slice(0, index), line.slice(0, line.length / 2)].join('\n'),
    ),
  ];
};

/** Reads and writes one text; says whether it could be read. */
function survives(text: string, language: Language, edit: ArchitectureEdit): boolean {
  const read = syntax.read(text, language);
  if (!read.ok) {
    assert.equal(read.error.kind, 'input');
    return false;
  }
  assert.ok(fingerprint(read.value).length > 0);
  const written = syntax.write(text, read.value, [edit]);
  if (written.ok) assert.ok(syntax.read(written.value, language).ok);
  else assert.equal(written.error.code, 'model-cannot-edit');
  return true;
}

for (const name of readdirSync(join(import.meta.dirname, 'fixtures'))) {
  test(`${name} with a line missing, or cut off`, () => {
    const { text, language } = fixture(name);
    const read = damaged(text).filter((variant, index) =>
      survives(variant, language, EDITS[index % EDITS.length] ?? REMOVE),
    );
    assert.ok(read.length > 0);
  });
}
