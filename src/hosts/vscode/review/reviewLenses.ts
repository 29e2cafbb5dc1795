import {
  CodeLens,
  languages,
  Range,
  type CodeLensProvider,
  type Disposable,
  type TextDocument,
} from 'vscode';
import { basisText } from '../../../review/basis.ts';
import { hasAccepted, pendingHunks } from '../../../review/reviewSession.ts';
import { reviewScheme, type CommandArguments, type CommandId } from '../contributions.ts';
import type { Host } from '../host.ts';
import { firstSentence, plainLabel, withoutStatistics } from '../labels.ts';
import { fileName } from '../../../util/fileName.ts';
import type { Proposal } from '../../../study/proposal.ts';
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
 * Buttons first, and the words in a row of their own, unless the first change stands there: a row
 * cannot wrap, and a narrow editor cuts its end.
 */
const topLenses = (review: Review): readonly CodeLens[] => [
  ...staleLens(review),
  ...decisionLenses(review),
  lens(0, 'Open as Diff', 'cortex.review.openDiff'),
  ...basisLenses(review),
  summaryLens(review),
];

function summaryLens({ rows, proposal }: Review): CodeLens {
  const line = rows.findIndex(({ hunk }) => hunk !== null) > 1 ? 1 : 0;
  const text = `$(lightbulb) ${summaryOf(proposal)}`;
  return withWhole(lens(line, text, 'cortex.review.reasoning'), proposal);
}

const staleLens = ({ isStale, study: { modelPath } }: Review): readonly CodeLens[] =>
  isStale
    ? [
        lens(
          0,
          `$(warning) ${fileName(modelPath)} changed since this was proposed`,
          'cortex.review.stale',
        ),
      ]
    : [];

/** One label for each thing that can be done now: what is undecided is accepted, or rejected. */
function decisionLenses({ session }: Review): readonly CodeLens[] {
  return hasAccepted(session)
    ? [
        lens(0, 'Accept the Rest and Train', 'cortex.review.acceptAll'),
        lens(0, 'Train What Is Accepted', 'cortex.review.train'),
      ]
    : [
        lens(0, 'Accept All and Train', 'cortex.review.acceptAll'),
        lens(0, 'Reject All', 'cortex.review.rejectAll'),
      ];
}

/** What it stands on, and the way to what it would be on the user's own file. */
function basisLenses({ basis, study: { modelPath } }: Review): readonly CodeLens[] {
  if (!basis) return [];
  return [
    lens(
      0,
      `${fileName(modelPath)} ${basisText(basis)}: From My File Instead`,
      'cortex.review.fromFile',
    ),
  ];
}

function summaryOf({ headline, title, ...expected }: Proposal): string {
  if (headline !== undefined) return plainLabel(headline, 200);
  return [plainLabel(title, 70), plainLabel(expectationText(expected), 60)].join(' · ');
}

/**
 * A row of lenses cannot wrap: the reason, in its one sentence, stands in the row of the first
 * change, behind two short buttons.
 */
const whyText = ({ reasoning }: Proposal): string =>
  `Why: ${plainLabel(withoutStatistics(firstSentence(reasoning)), 140)}`;

function hunkLenses(review: Review): readonly CodeLens[] {
  return pendingHunks(review.session).flatMap((_, hunk) => {
    const line = review.rows.findIndex((row) => row.hunk === hunk);
    if (line < 0) return [];
    const reference = { review: review.id, hunk };
    return [
      lens(line, 'Accept', 'cortex.review.accept', reference),
      lens(line, 'Reject', 'cortex.review.reject', reference),
      withWhole(
        lens(line, hunk === 0 ? whyText(review.proposal) : 'Why', 'cortex.review.why', reference),
        review.proposal,
      ),
    ];
  });
}

/** What a narrow editor cuts is whole under the mouse. */
const withWhole = ({ range, command }: CodeLens, { title, reasoning }: Proposal): CodeLens =>
  new CodeLens(
    range,
    command && { ...command, tooltip: plainLabel(`${title}: ${reasoning}`, 1_000) },
  );

const lens = <Id extends CommandId>(
  line: number,
  title: string,
  command: Id,
  ...args: CommandArguments[Id]
): CodeLens => new CodeLens(new Range(line, 0, line, 0), { title, command, arguments: args });
