import { ProgressLocation, window, type Disposable } from 'vscode';
import type { AttemptSummary } from '../../../record/attemptSummary.ts';
import type { RunLimits } from '../../../study/runSpec.ts';
import type { Study } from '../../../study/study.ts';
import type { StudyReport } from '../../../loop/studyReport.ts';
import { attemptDescription, attemptLabel } from '../attempt/attemptLabels.ts';
import { runCommand } from '../commandRunner.ts';
import type { ModelReference } from '../contributions.ts';
import type { Host } from '../host.ts';
import { plainMessage } from '../labels.ts';
import { readSetting } from '../settings.ts';
import { prepareModel } from '../study/prepareModel.ts';
import { askWish } from './askWish.ts';
import { progressText } from './progressText.ts';
import { searchSeed } from './searchSeed.ts';
import { inform } from '../messages.ts';

/** "Think Loop": several rounds without asking, with a stop button and a summary at the end. */
export const createThinkLoopCommand = (host: Host): Disposable =>
  host.commands.register('cortex.thinkLoop', (model) => thinkLoop(host, model));

async function thinkLoop(host: Host, model: ModelReference | undefined): Promise<void> {
  const study = await prepareModel(host, model);
  const rounds = study && (await askRounds(study));
  const wish = rounds && (await askWish('Think Loop'));
  if (!study || !rounds || wish === undefined) return;
  const report = await host.runs.start(
    { study, name: `Think Loop, ${rounds} rounds`, automatic: true },
    async (signal) => {
      const work = (await host.engine.get()).improve(study, {
        ...limits(rounds),
        wish: wish || null,
        baselineCheck: readSetting('baselineCheck'),
        seed: searchSeed(),
        signal,
      });
      void showWithStop(host, rounds, work);
      return work;
    },
  );
  await summarize(study, report);
}

function limits(rounds: number): RunLimits {
  const minutes = readSetting('thinkLoop.minutes');
  return { rounds, plateau: readSetting('thinkLoop.plateau'), ...(minutes > 0 && { minutes }) };
}

async function askRounds(study: Study): Promise<number | undefined> {
  const answer = await window.showInputBox({
    title: `Cortex: Think Loop on ${study.name}`,
    prompt:
      'How many rounds? Every proposal is accepted, trained and kept as an attempt; your ' +
      'file stays as it is.',
    value: String(readSetting('thinkLoop.rounds')),
    validateInput: (text) =>
      /^[1-9]\d{0,3}$/.test(text.trim()) ? undefined : 'A whole number from 1 to 9999, please.',
  });
  return answer === undefined ? undefined : Number(answer);
}

function showWithStop(host: Host, rounds: number, work: Promise<unknown>): Thenable<void> {
  const options = {
    location: ProgressLocation.Notification,
    title: 'Cortex: Think Loop',
    cancellable: true,
  };
  return window.withProgress(options, async (progress, token) => {
    let round = 0;
    let forecast = 'baseline';
    const subscriptions = [
      token.onCancellationRequested(() => {
        host.runs.cancel();
      }),
      host.engine.onEvent((event) => {
        if (event.kind === 'proposed') round = event.round;
        if (event.kind === 'forecast') forecast = event.forecast.text;
      }),
      host.live.onDidChange(() => {
        progress.report({
          message: plainMessage(
            roundText(host, round === 0 ? forecast : `round ${round} of ${rounds}`),
          ),
        });
      }),
    ];
    await work.then(ignore, ignore);
    for (const subscription of subscriptions) subscription.dispose();
  });
}

function roundText({ live }: Host, head: string): string {
  return live.training
    ? `${head}: ${live.training.title}, ${progressText(live.training.progress)}`
    : `${head}: ${live.step}`;
}

// Failures of the work are reported by the command that awaits it.
const ignore = (): void => undefined;

async function summarize(
  study: Study,
  { attempts, best, baseline, stopped, branch }: StudyReport,
): Promise<void> {
  const better = attempts.filter((attempt) => attempt.verdict === 'better').length;
  const described = (attempt: AttemptSummary): string => attemptDescription(attempt);
  const found =
    best.id === baseline.id
      ? 'Nothing beat the baseline by more than chance'
      : `Best: ${attemptLabel(best)} ${described(best)}, baseline ${described(baseline)}`;
  const text =
    `Think Loop on ${study.name} ended: ${stopped}. ${attempts.length} ` +
    `${attempts.length === 1 ? 'attempt' : 'attempts'}, ${better} better. ${found}. All are on ` +
    `${branch}.`;
  const actions = best.id === baseline.id ? ['Show Attempt'] : ['Apply to My File', 'Show Attempt'];
  const choice = await inform(text, ...actions);
  const reference = { modelPath: study.modelPath, attemptId: best.id };
  if (choice === 'Apply to My File') await runCommand('cortex.applyAttempt', reference);
  if (choice === 'Show Attempt') await runCommand('cortex.showAttempt', reference);
}
