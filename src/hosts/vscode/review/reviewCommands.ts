import { commands, type Disposable } from 'vscode';
import { acceptedText, hasAccepted, pendingHunks } from '../../../review/reviewSession.ts';
import { runCommand } from '../runCommand.ts';
import type { HunkReference } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import { noReviewError } from '../errors.ts';
import type { Host } from '../host.ts';
import { plainLabel } from '../labels.ts';
import { shownEvidence } from '../log/shownEvidence.ts';
import { fileName } from '../../../util/fileName.ts';
import { goToHunk, hunkAtCursor, moveToChange } from './reviewNavigation.ts';
import type { Review } from './review.ts';
import { ask, inform } from '../messages.ts';

/** What one does in a review, by button, key or palette. */
export function createReviewCommands(host: Host): Disposable {
  const { commands: runner } = host;
  const disposables = new Disposables();
  const find = (reference?: HunkReference): Review => findReview(host, reference);
  disposables.add(
    runner.register('cortex.review.accept', (reference) =>
      decide(find(reference), reference, 'accept'),
    ),
    runner.register('cortex.review.reject', (reference) =>
      decide(find(reference), reference, 'reject'),
    ),
    runner.register('cortex.review.acceptAll', () => find().acceptAll()),
    runner.register('cortex.review.rejectAll', () => find().rejectAll()),
    runner.register('cortex.review.train', () => {
      find().train();
    }),
    runner.register('cortex.review.next', () => moveToChange(find(), 1)),
    runner.register('cortex.review.previous', () => moveToChange(find(), -1)),
    runner.register('cortex.review.why', (reference) => why(find(reference), reference)),
    runner.register('cortex.review.reasoning', () => showReasoning(find(), host)),
    runner.register('cortex.review.openDiff', () => openDiff(find())),
    runner.register('cortex.review.apply', () => apply(find(), host)),
    runner.register('cortex.review.stale', () => explainStale(find(), host)),
    runner.register('cortex.review.fromFile', () => proposeFromFile(find(), host)),
    runner.register('cortex.review.show', () => host.reviews.show(find())),
  );
  return disposables;
}

function findReview({ reviews }: Host, reference: HunkReference | undefined): Review {
  const review = reviews.find(reference?.review);
  if (!review) throw noReviewError();
  return review;
}

async function decide(
  review: Review,
  reference: HunkReference | undefined,
  verb: 'accept' | 'reject',
): Promise<void> {
  const hunk = reference?.hunk ?? hunkAtCursor(review);
  await review[verb](hunk);
  const left = pendingHunks(review.session).length;
  if (left > 0) goToHunk(review, Math.min(hunk, left - 1));
}

async function why(review: Review, reference: HunkReference | undefined): Promise<void> {
  goToHunk(review, reference?.hunk ?? hunkAtCursor(review));
  await commands.executeCommand('editor.action.showHover', { focus: 'focusIfVisible' });
}

async function showReasoning(review: Review, host: Host): Promise<void> {
  review.explain(await shownEvidence(review.proposal.evidence, review.study.logPath, host));
  await commands.executeCommand('markdown.showPreviewToSide', review.uris.reasoning);
}

async function openDiff({ uris, study, proposal }: Review): Promise<void> {
  await commands.executeCommand(
    'vscode.diff',
    uris.accepted,
    uris.proposal,
    `${fileName(study.modelPath)}: ${plainLabel(proposal.title, 50)}`,
    { preview: false },
  );
}

async function apply(
  { session, proposal, study, uris }: Review,
  { beginning }: Host,
): Promise<void> {
  if (!hasAccepted(session))
    return inform('Nothing is accepted yet, so there is nothing to apply.');
  const { applyToFile } = await beginning();
  await applyToFile({
    modelPath: study.modelPath,
    name: plainLabel(proposal.title, 50),
    base: proposal.base,
    text: acceptedText(session),
    kept: new Set(),
    preview: uris.accepted,
  });
}

async function explainStale(review: Review, { runs }: Host): Promise<void> {
  const again = 'Propose Again';
  const apply = 'Apply Accepted onto the Changed File';
  const choice = await ask(
    `${fileName(review.study.modelPath)} changed since this was proposed.`,
    'Training goes on with the text it was proposed for.',
    again,
    apply,
  );
  if (choice === apply) await runCommand('cortex.review.apply');
  if (choice !== again) return;
  review.dismiss();
  await runs.idle();
  await runCommand('cortex.improve', { modelPath: review.study.modelPath });
}

/** Another proposal in its place, made from the user's file as it is. */
async function proposeFromFile(review: Review, { runs }: Host): Promise<void> {
  const { modelPath } = review.study;
  if (!review.basis) return inform(`This was proposed for ${fileName(modelPath)} as it is.`);
  review.dismiss();
  await runs.idle();
  await runCommand('cortex.proposeFrom', { modelPath, attemptId: review.basis.baselineId });
}
