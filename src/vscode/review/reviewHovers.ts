import { Hover, languages, MarkdownString, Range, type Disposable } from 'vscode';
import { reviewScheme } from '../contributions.ts';
import type { Host } from '../host.ts';
import { reasoningHover } from './reasoningMarkdown.ts';

/** The reasoning on every changed line; "Why" opens the same by keyboard or click. The Markdown is never trusted. */
export const createReviewHovers = ({ reviews }: Host): Disposable =>
  languages.registerHoverProvider({ scheme: reviewScheme }, {
    provideHover: (document, { line }) => {
      const review = reviews.of(document.uri);
      const row = review?.uris.merged.toString() === document.uri.toString() ? review.rows[line] : undefined;
      if (!review || !row || row.kind === 'context') return undefined;
      const text = new MarkdownString(reasoningHover(review.proposal, review.study.logPath));
      return new Hover(text, new Range(line, 0, line, row.text.length));
    },
  });
