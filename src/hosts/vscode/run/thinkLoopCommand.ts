import { window, type Disposable } from 'vscode';
import type { RunLimits } from '../../../study/runSpec.ts';
import type { Study } from '../../../study/study.ts';
import type { StudyReport } from '../../../loop/studyReport.ts';
import { plural } from '../../../util/plural.ts';
import { attemptDescription, attemptLabel } from '../attempt/attemptLabels.ts';
import { runCommand } from '../runCommand.ts';
import type { ModelReference } from '../contributions.ts';
import type { Host } from '../host.ts';
import { readSetting } from '../settings.ts';
import { prepareModel } from '../study/prepareModel.ts';
import { askWish } from './askWish.ts';
import { searchSeed } from './searchSeed.ts';
import { inform } from '../messages.ts';

/**
 * "Think Loop": several rounds without asking; the status bar tells of them, a click on it stops
 * them, and a sentence at the end says what came of them.
 */
export const createThinkLoopCommand = (host: Host): Disposable =>
  host.commands.register('cortex.thinkLoop', (model) => thinkLoop(host, model));

async function thinkLoop(host: Host, model: ModelReference | undefined): Promise<void> {
  const study = await prepareModel(host, model);
  const rounds = study && (await askRounds(study));
  const wish = rounds && (await askWish('Think Loop'));
  if (!study || !rounds || wish === undefined) return;
  const report = await host.runs.start(
    { study, name: `Think Loop, ${rounds} rounds`, automatic: true },
    async (signal) =>
      (await host.engine.get()).improve(study, {
        ...limits(rounds),
        wish: wish || null,
        baselineCheck: readSetting('baselineCheck'),
        seed: searchSeed(),
        signal,
      }),
  );
  summarize(study, report);
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

/** One sentence, and the one thing to do next; the Study page has the rest. */
function summarize(study: Study, { attempts, best, baseline, stopped }: StudyReport): void {
  const better = attempts.filter((attempt) => attempt.verdict === 'better').length;
  const isNew = best.id !== baseline.id;
  const found = isNew
    ? `${attemptLabel(best, 40)} is the best, ${attemptDescription(best)}`
    : 'nothing beat the baseline by more than chance';
  const tried = `${plural(attempts.length, 'attempt')}, ${better} better`;
  const text = `Think Loop on ${study.name}: ${found} (${tried}; ${stopped}).`;
  const { modelPath } = study;
  const attemptId = best.id;
  const apply = () => runCommand('cortex.applyAttempt', { modelPath, attemptId });
  const show = () => runCommand('cortex.showStudy', { modelPath });
  inform(
    text,
    isNew ? { label: 'Apply to My File', take: apply } : { label: 'Show Study', take: show },
  );
}
