import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { TreeSitterSyntax } from '../../../src/adapters/syntax/treeSitterSyntax.ts';
import type { Architecture } from '../../../src/model/architecture.ts';
import type { ArchitectureEdit, LayerSpec } from '../../../src/model/edits.ts';
import { languageOf } from '../../../src/model/modelFile.ts';
import type { Language } from '../../../src/model/modelFile.ts';
import type { Value } from '../../../src/model/values.ts';

const modules = dirname(dirname(createRequire(import.meta.url).resolve('zod/package.json')));

/** The `.wasm` files inside node_modules; the typescript package holds two. */
export const wasmPath = (file: string): string =>
  join(
    modules,
    file.replace(/\.wasm$/, '').replace('tree-sitter-tsx', 'tree-sitter-typescript'),
    file,
  );

/** All four grammars loaded. */
export async function loadSyntax(...builderNames: string[]): Promise<TreeSitterSyntax> {
  const syntax = new TreeSitterSyntax(wasmPath, builderNames);
  for (const language of ['typescript', 'tsx', 'javascript', 'python'] as const)
    await syntax.load(language);
  return syntax;
}

export interface Fixture {
  readonly name: string;
  readonly text: string;
  readonly language: Language;
}

export function fixture(name: string): Fixture {
  const language = languageOf(name);
  assert.ok(language);
  return {
    name,
    text: readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8'),
    language,
  };
}

/** Reads, or fails with the refusal's own words. */
export function readOk(syntax: TreeSitterSyntax, text: string, language: Language): Architecture {
  const read = syntax.read(text, language);
  assert.ok(read.ok, read.ok ? '' : `${read.error.message}\n${text}`);
  return read.value;
}

/** Writes, or fails with the refusal's own words. */
export function writeOk(
  syntax: TreeSitterSyntax,
  { text, language }: Fixture,
  edits: readonly ArchitectureEdit[],
): string {
  const written = syntax.write(text, readOk(syntax, text, language), edits);
  assert.ok(written.ok, written.ok ? '' : written.error.message);
  return written.value;
}

export const spec = (type: string, args: Readonly<Record<string, Value>> = {}): LayerSpec => ({
  type,
  arguments: Object.entries(args).map(([name, value]) => ({ name, value })),
});

/** A value as one would say it. */
export function words(value: Value): string {
  switch (value.kind) {
    case 'number':
    case 'boolean':
      return String(value.value);
    case 'string':
      return `'${value.value}'`;
    case 'null':
      return 'null';
    case 'list':
      return `[${value.items.map(words).join(', ')}]`;
    case 'call':
      return `${value.callee}(${value.arguments.map(({ name, value: inner }) => `${name}: ${words(inner)}`).join(', ')})`;
    case 'source':
      return `\`${value.text}\``;
  }
}

/** One line per layer: `1 dense(units: 64 via HIDDEN) ← 0`. */
export const layersOf = ({ layers }: Architecture): string[] =>
  layers.map(({ index, type, arguments: args, inputs, conditional }) => {
    const said = args.map(
      ({ name, value, constant }) =>
        `${name}: ${words(value)}${constant === null ? '' : ` via ${constant}`}`,
    );
    return (
      `${index} ` +
      `${type}(${said.join(', ')})${inputs.length > 0 ? ` ← ${inputs.join()}` : ''}${conditional ? ' conditional' : ''}`
    );
  });

/** Lines that a change took out (`-`) and put in (`+`). */
export function changedLines(before: string, after: string): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end))
    end += 1;
  return [
    ...old.slice(start, old.length - end).map((line) => `-${line}`),
    ...now.slice(start, now.length - end).map((line) => `+${line}`),
  ];
}
