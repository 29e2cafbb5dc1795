import {
  CodeLens,
  languages,
  Range,
  type CodeLensProvider,
  type Disposable,
  type TextDocument,
} from 'vscode';
import { hasAccepted, pendingHunks } from '../../../review/reviewSession.ts';
import { reviewScheme, type CommandArguments, type CommandId } from '../contributions.ts';
import type { Host } from '../host.ts';
import { plainLabel } from '../labels.ts';
import { fileName } from '../../../util/fileName.ts';
import { expectationText } from './reasoningMarkdown.ts';
import type { Review } from './review.ts';

/**
 * Buttons in the review: what is proposed and what to do with all of it on top, Accept / Reject /
 * Why above each hunk.
 */
export function createReviewLenses({ reviews }: Host): Disposable {
  const provider: CodeLensProvider = {
    onDidChangeCodeLenses: reviews.onDidChange,
    provideCodeLenses: (document: TextDocument) => {
      const review = reviews.of(document.uri);
      return review?.uris.merged.toString() === document.uri.toString()
        ? [...topLenses(review), ...hunkLenses(review)]
        : [];
    },
  };
  return languages.registerCodeLensProvider({ scheme: reviewScheme }, provider);
}

/**
 * Buttons first: a narrow editor cuts the end of the line, and that may be words but not buttons.
 */
function topLenses({ proposal, session, isStale, study }: Review): readonly CodeLens[] {
  const stale = isStale
    ? [
        lens(
          0,
          `$(warning) ${fileName(study.modelPath)} changed since this was proposed`,
          'cortex.review.stale',
        ),
      ]
    : [];
  const summary =
    proposal.headline === undefined
      ? [
          plainLabel(proposal.title, 70),
          plainLabel(expectationText(proposal), 60),
          plainLabel(proposal.reasoning, 140),
        ]
      : [plainLabel(proposal.headline, 200)];
  return [
    ...stale,
    lens(0, 'Accept All', 'cortex.review.acceptAll'),
    lens(0, 'Reject All', 'cortex.review.rejectAll'),
    lens(
      0,
      hasAccepted(session) ? 'Train What Is Accepted' : 'Accept All and Train',
      'cortex.review.train',
    ),
    lens(0, 'Open as Diff', 'cortex.review.openDiff'),
    lens(0, `$(lightbulb) ${summary.join(' · ')}`, 'cortex.review.reasoning'),
  ];
}

function hunkLenses(review: Review): readonly CodeLens[] {
  return pendingHunks(review.session).flatMap((_, hunk) => {
    const line = review.rows.findIndex((row) => row.hunk === hunk);
    if (line < 0) return [];
    const reference = { review: review.id, hunk };
    return [
      lens(line, 'Accept', 'cortex.review.accept', reference),
      lens(line, 'Reject', 'cortex.review.reject', reference),
      lens(line, 'Why', 'cortex.review.why', reference),
    ];
  });
}

const lens = <Id extends CommandId>(
  line: number,
  title: string,
  command: Id,
  ...args: CommandArguments[Id]
): CodeLens => new CodeLens(new Range(line, 0, line, 0), { title, command, arguments: args });
