import type { TextDocument } from 'vscode';
import type { Architecture } from '../../../model/architecture.ts';
import { languageOf } from '../../../model/modelFile.ts';
import type { Host } from '../host.ts';

/** A builder as it is named; its line is 1-based. */
type Place = NonNullable<Architecture['others']>[number];

/** What the syntax engine finds: all builders, and the one that is meant where nobody chose. */
interface Builders {
  readonly builders: readonly Place[];
  readonly likeliest: Place | null;
}

const NONE: Builders = { builders: [], likeliest: null };

/** None while the file cannot be read. */
export async function buildersIn(document: TextDocument, { engine }: Host): Promise<Builders> {
  const language = languageOf(document.fileName);
  if (!language) return NONE;
  const before = known.get(document);
  if (before?.version === document.version) return before.found;
  const { version } = document;
  const read = await (await engine.get()).inspect(document.getText(), language);
  const found = read.ok ? foundIn(read.value) : { ...NONE, builders: read.error.builders };
  known.set(document, { version, found });
  return found;
}

function foundIn({ builder, others = [] }: Architecture): Builders {
  const likeliest = { name: builder.name, line: builder.range.startLine };
  return { builders: [likeliest, ...others], likeliest };
}

const known = new WeakMap<TextDocument, { readonly version: number; readonly found: Builders }>();
