import assert from 'node:assert/strict';
import type { Architecture, Layer } from '../../../src/model/architecture.ts';
import type { ArchitectureEdit } from '../../../src/model/edits.ts';
import { loadSyntax, readOk } from './support.ts';
import type { Fixture } from './support.ts';

export const syntax = await loadSyntax();

interface Case {
  readonly source: Fixture;
  readonly before: Architecture;
  readonly edit: ArchitectureEdit;
}

/** The text and architecture after an edit; `null` when it was refused as not editable. */
export function written({
  source,
  before: architecture,
  edit,
}: Case): { text: string; after: Architecture } | null {
  const result = syntax.write(source.text, architecture, [edit]);
  if (!result.ok) {
    assert.equal(result.error.code, 'model-cannot-edit', result.error.message);
    return null;
  }
  assertOnlyBuilderChanged(source, architecture, result.value);
  assertSameInCrlf({ source, before: architecture, edit }, result.value);
  return { text: result.value, after: readOk(syntax, result.value, source.language) };
}

function assertOnlyBuilderChanged(
  { text }: Fixture,
  { builder }: Architecture,
  after: string,
): void {
  assert.ok(
    after.startsWith(text.slice(0, builder.range.start)),
    'what stands before the builder stays',
  );
  assert.ok(after.endsWith(text.slice(builder.range.end)), 'what stands behind the builder stays');
}

/** BOM, CRLF and a missing final newline are kept, and the edit is the same. */
function assertSameInCrlf({ source, edit }: Case, after: string): void {
  const strange = (text: string): string => `\uFEFF${text.trimEnd().replaceAll('\n', '\r\n')}`;
  const result = syntax.write(
    strange(source.text),
    readOk(syntax, strange(source.text), source.language),
    [edit],
  );
  assert.ok(result.ok);
  assert.equal(result.value, strange(after));
}

/** Runs `check` on every layer for which `edit` is accepted; says how many there were. */
export function onEveryLayer(
  source: Fixture,
  edit: (layer: Layer) => ArchitectureEdit,
  check: (layer: Layer, a: Architecture, b: Architecture) => void,
): number {
  const architecture = readOk(syntax, source.text, source.language);
  let accepted = 0;
  for (const layer of architecture.layers) {
    const result = written({ source, before: architecture, edit: edit(layer) });
    if (layer.conditional) assert.equal(result, null, 'a conditional layer is never edited');
    if (!result) continue;
    accepted += 1;
    check(layer, architecture, result.after);
  }
  return accepted;
}
