import type { Architecture, SourceRange } from './architecture.ts';
import type { BuilderChoice, Language } from './modelFile.ts';

/** A comment of any language that says no more than this. */
const BEGIN = /^[^\w\n]*cortex:\s*begin\b[^\n]*$/m;
const END = /^[^\w\n]*cortex:\s*end\b/m;

/**
 * What stands between the comments `cortex: begin` and `cortex: end` of a text in any language, its
 * lines whole; `null` where they do not stand in it.
 */
export function markedRegion(text: string): SourceRange | null {
  const begin = BEGIN.exec(text);
  if (!begin) return null;
  const start = Math.min(begin.index + begin[0].length + 1, text.length);
  const end = END.exec(text.slice(start));
  if (!end) return null;
  const startLine = lineAt(text, start);
  const stop = start + end.index;
  return { start, end: stop, startLine, endLine: Math.max(startLine, lineAt(text, stop) - 1) };
}

/** A marked region as what a proposal may change: nothing of it can be read layer by layer. */
export function regionArchitecture(
  text: string,
  region: SourceRange,
  { language, choice }: { readonly language: Language; readonly choice: BuilderChoice },
): Architecture {
  return {
    language,
    builder: { name: 'the marked region', range: region, body: region, kind: 'region' },
    style: 'opaque',
    layers: [],
    compile: null,
    helpers: [],
    unfollowed: text.slice(region.start, region.end),
    misses: [{ line: region.startLine, why: REGION_ALONE }],
    choice,
  };
}

/** Why no layer of a marked region is edited by its number. */
export const REGION_ALONE =
  'a marked region: language models propose for it; typed operators need a builder that can be ' +
  'read';

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
