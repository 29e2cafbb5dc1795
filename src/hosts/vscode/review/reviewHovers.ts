import { Hover, languages, MarkdownString, Range, type Disposable } from 'vscode';
import { reviewScheme } from '../contributions.ts';
import type { Host } from '../host.ts';
import { reasoningHover } from './reasoningMarkdown.ts';
import { shownEvidence } from '../log/shownEvidence.ts';

/**
 * The reasoning on every changed line; "Why" opens the same by keyboard or click. The Markdown is
 * never trusted.
 */
export const createReviewHovers = (host: Host): Disposable =>
  languages.registerHoverProvider(
    { scheme: reviewScheme },
    {
      provideHover: async (document, { line }) => {
        const review = host.reviews.of(document.uri);
        const row =
          review?.uris.merged.toString() === document.uri.toString()
            ? review.rows[line]
            : undefined;
        if (!review || !row || row.kind === 'context') return undefined;
        const {
          proposal,
          study: { logPath },
        } = review;
        const text = new MarkdownString(
          reasoningHover(
            { ...proposal, evidence: await shownEvidence(proposal.evidence, logPath, host) },
            logPath,
          ),
        );
        return new Hover(text, new Range(line, 0, line, row.text.length));
      },
    },
  );
