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
  assertOnlyScopeChanged(source, architecture, result.value);
  assertSameInCrlf({ source, before: architecture, edit }, result.value);
  return { text: result.value, after: readOk(syntax, result.value, source.language) };
}

/** What stands around the builder, and around the helpers that its layers stand in, stays. */
function assertOnlyScopeChanged(
  { text }: Fixture,
  { builder, scope = [] }: Architecture,
  after: string,
): void {
  const ranges = [builder.range, ...scope].toSorted((a, b) => a.start - b.start);
  const ends = [0, ...ranges.map(({ end }) => end)];
  const around = ends.map((end, index) => text.slice(end, ranges[index]?.start ?? text.length));
  let at = 0;
  for (const piece of around) {
    const found = after.indexOf(piece, at);
    assert.ok(found >= 0 && (at > 0 || found === 0), `it stays: ${piece}`);
    at = found + piece.length;
  }
  assert.ok(after.endsWith(around.at(-1) ?? ''), 'what stands behind the builder stays');
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
    if (layer.conditional && !mayChange(layer, edit(layer), architecture))
      assert.equal(result, null, 'a conditional layer is never moved');
    if (!result) continue;
    accepted += 1;
    check(layer, architecture, result.after);
  }
  return accepted;
}

/** Its own arguments may, and something may come in front of the layer that surely follows it. */
function mayChange(layer: Layer, { kind }: ArchitectureEdit, { layers }: Architecture): boolean {
  if (kind === 'insertLayers')
    return layers
      .filter(({ inputs }) => inputs.includes(layer.index))
      .every(({ conditional }) => !conditional);
  const isOfArguments = ['setArgument', 'removeArgument', 'replaceLayer'].includes(kind);
  return isOfArguments && layer.writable === true;
}

/** Layers that one line of a loop or a helper makes: they change together. */
export const isOfLine = (layer: Layer, other: Layer): boolean =>
  other.index === layer.index || (layer.conditional && other.range.start === layer.range.start);
