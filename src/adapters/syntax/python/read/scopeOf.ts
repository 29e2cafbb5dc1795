import type { SourceRange } from '../../../../model/architecture.ts';
import type { Span } from '../../code/span.ts';
import type { CompileDraft } from './py.ts';
import type { PlacedLayer, TrainingDraft } from './reading.ts';
import type { Parts } from './readingParts.ts';

/** Functions and classes outside the builder that its layers are written in, and its training. */
export function scopeOf(
  { module, lines, builder }: Parts,
  layers: readonly PlacedLayer[],
  training: CompileDraft | TrainingDraft | null,
): readonly SourceRange[] {
  const places = layers.flatMap(({ draft, site, conditional }) =>
    conditional ? [] : [draft.span, ...(site.kind === 'apply' ? [site.span] : [])],
  );
  const parts = module.statements.flatMap((statement) => {
    const holder = statement.kind === 'function' || statement.kind === 'class';
    const holds = places.some(
      ({ start, end }) => start >= statement.span.start && end <= statement.span.end,
    );
    return holder && holds && !contains(builder.span, statement.span) ? [statement.span] : [];
  });
  const outside = parts.filter((span) => !contains(span, builder.span));
  const calls = callsOf(training).filter(
    (span) => !contains(builder.span, span) && !outside.some((part) => contains(part, span)),
  );
  return [...outside, ...calls]
    .toSorted((a, b) => a.start - b.start)
    .map((span) => lines.range(span));
}

const contains = (outer: Span, inner: Span): boolean =>
  inner.start >= outer.start && inner.end <= outer.end;

function callsOf(training: CompileDraft | TrainingDraft | null): readonly Span[] {
  if (!training) return [];
  if ('call' in training) return [training.call.span];
  return [training.optimizer.span, ...(training.loss ? [training.loss.span] : [])];
}
