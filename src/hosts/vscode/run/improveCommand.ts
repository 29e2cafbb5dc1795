import { ProgressLocation, window, type Disposable } from 'vscode';
import { CHECK_TITLE } from '../../../record/kinds.ts';
import type { AttemptSummary } from '../../../record/attemptSummary.ts';
import type { Study } from '../../../study/study.ts';
import type { StudyReport } from '../../../loop/studyReport.ts';
import type { FindingKind } from '../../../log/diagnosis.ts';
import type { ModelReference } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { plainMessage } from '../labels.ts';
import { readSetting } from '../settings.ts';
import { prepareModel } from '../study/prepareModel.ts';
import { announceAttempt } from './announceAttempt.ts';
import { askWish } from './askWish.ts';
import type { LiveProgress } from './liveProgress.ts';
import { searchSeed } from './searchSeed.ts';
import { inform } from '../messages.ts';
import { draftFor } from '../review/draftFor.ts';

/**
 * "Improve Architecture", with or without a wish: one reasoned proposal, reviewed by the user,
 * trained, judged and kept.
 */
export function createImproveCommands(host: Host): Disposable {
  const disposables = new Disposables();
  disposables.add(
    host.commands.register('cortex.improve', (model) =>
      improve(host, model, () => Promise.resolve(null)),
    ),
    // A menu hands its selection on behind the model.
    host.commands.register('cortex.improveWithWish', (model, wish) =>
      improve(host, model, () =>
        typeof wish === 'string' ? Promise.resolve(wish) : askWish('Improve Architecture'),
      ),
    ),
    host.commands.register('cortex.improveBuilder', async (builder) => {
      if (builder) await host.builders.choose(builder.modelPath, builder.builder);
      await improve(host, builder, () => Promise.resolve(null));
    }),
  );
  return disposables;
}

/** What a log says of a model, and which of its findings is to be answered, if any. */
interface LogAim {
  readonly modelPath: string;
  readonly logPath: string;
  readonly focus: FindingKind | null;
}

/**
 * One round on a model file, by its own log or the one that is given; where a proposal waits for
 * review, that is shown instead.
 */
export async function improve(
  host: Host,
  aim: ModelReference | LogAim | undefined,
  ask: () => Promise<string | null | undefined>,
): Promise<void> {
  const waiting = host.reviews.find();
  if (waiting) return host.reviews.show(waiting);
  const given = aim && 'logPath' in aim ? aim : null;
  const study = await prepareModel(host, aim, given?.logPath);
  if (!study) return;
  const draft = await draftFor(study, host);
  const wish = draft ? null : await ask();
  if (wish === undefined) return;
  const report = await host.runs.start(
    { study, name: 'Improve Architecture', automatic: false },
    async (signal) => {
      const work = (await host.engine.get()).improve(study, {
        rounds: 1,
        wish,
        focus: given?.focus ?? null,
        baselineCheck: readSetting('baselineCheck'),
        seed: searchSeed(),
        signal,
        waiting: draft?.proposal ?? null,
      });
      void showUntilProposed(host, work);
      return work;
    },
  );
  tell(study, report);
}

/**
 * A notification until there is something to look at; the review and the status bar take over then.
 */
function showUntilProposed({ runs, engine, live }: Host, work: Promise<unknown>): Thenable<void> {
  const options = {
    location: ProgressLocation.Notification,
    title: 'Cortex: Improve Architecture',
    cancellable: true,
  };
  return window.withProgress(options, async (progress, token) => {
    const subscriptions = new Disposables();
    const proposed = new Promise<void>((resolve) => {
      subscriptions.add(
        engine.onEvent(({ kind }) => {
          if (kind === 'proposed') resolve();
        }),
      );
    });
    subscriptions.add(
      token.onCancellationRequested(() => {
        runs.cancel();
      }),
      live.onDidChange(() => {
        progress.report({ message: plainMessage(stepText(live)) });
      }),
    );
    await Promise.race([work.then(ignore, ignore), proposed]);
    subscriptions.dispose();
  });
}

const stepText = ({ training, step }: LiveProgress): string =>
  training && training.title !== CHECK_TITLE
    ? `training ${training.title.toLowerCase()}, the proposal comes next`
    : step;

// Failures of the work are reported by the command that awaits it.
const ignore = (): void => undefined;

function tell(study: Study, report: StudyReport): void {
  const attempt: AttemptSummary | undefined = report.attempts.at(-1);
  if (attempt) return announceAttempt(study, attempt);
  if (report.end.kind !== 'dismissed') inform(`Cortex: ${report.stopped} for ${study.name}.`);
}
