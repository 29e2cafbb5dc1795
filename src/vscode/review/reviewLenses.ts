import { CodeLens, languages, Range, type CodeLensProvider, type Disposable, type TextDocument } from 'vscode';
import { hasAccepted, pendingHunks } from '../../core/review/reviewSession.ts';
import { reviewScheme, type CommandArguments, type CommandId } from '../contributions.ts';
import type { Host } from '../host.ts';
import { fileName, plainLabel } from '../labels.ts';
import { expectationText } from './reasoningMarkdown.ts';
import type { Review } from './review.ts';

/** Buttons in the review: what is proposed and what to do with all of it on top, Accept / Reject / Why above each hunk. */
export function createReviewLenses({ reviews }: Host): Disposable {
  const provider: CodeLensProvider = {
    onDidChangeCodeLenses: reviews.onDidChange,
    provideCodeLenses: (document: TextDocument) => {
      const review = reviews.of(document.uri);
      return review?.uris.merged.toString() === document.uri.toString() ? [...topLenses(review), ...hunkLenses(review)] : [];
    },
  };
  return languages.registerCodeLensProvider({ scheme: reviewScheme }, provider);
}

function topLenses(review: Review): readonly CodeLens[] {
  const { proposal, session, isStale, study } = review;
  const pending = pendingHunks(session).length;
  const stale = isStale ? [lens(0, `$(warning) ${fileName(study.modelPath)} changed since this was proposed`, 'cortex.review.stale')] : [];
  const summary = `$(lightbulb) ${plainLabel(proposal.title, 60)}: ${plainLabel(proposal.reasoning, 110)} (${plainLabel(expectationText(proposal), 80)})`;
  return [
    ...stale,
    lens(0, summary, 'cortex.review.reasoning'),
    lens(0, `$(check-all) Accept All`, 'cortex.review.acceptAll'),
    lens(0, `$(close-all) Reject All`, 'cortex.review.rejectAll'),
    lens(0, trainTitle(review, pending), 'cortex.review.train'),
    lens(0, '$(diff) Open as Diff', 'cortex.review.openDiff'),
  ];
}

const trainTitle = ({ session }: Review, pending: number): string =>
  hasAccepted(session) ? `$(play) Train What Is Accepted` : `$(play) Accept All ${pending} and Train`;

function hunkLenses(review: Review): readonly CodeLens[] {
  return pendingHunks(review.session).flatMap((_, hunk) => {
    const line = review.rows.findIndex((row) => row.hunk === hunk);
    if (line < 0) return [];
    const reference = { review: review.id, hunk };
    return [
      lens(line, '$(check) Accept', 'cortex.review.accept', reference),
      lens(line, '$(close) Reject', 'cortex.review.reject', reference),
      lens(line, '$(question) Why', 'cortex.review.why', reference),
    ];
  });
}

const lens = <Id extends CommandId>(line: number, title: string, command: Id, ...args: CommandArguments[Id]): CodeLens =>
  new CodeLens(new Range(line, 0, line, 0), { title, command, arguments: args });
