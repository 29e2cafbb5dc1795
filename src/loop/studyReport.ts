import { baselineOf, bestOf, descendantsOf } from '../study/lineage.ts';
import type { CheckResult } from '../record/checkResult.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import { concludeCheck } from './check/findings.ts';
import { noiseFloor } from '../study/noiseFloor.ts';
import type { Search } from './openRound.ts';
import type { RunForecast } from './runForecast.ts';
import { endText, type RunEnd } from '../study/runEnd.ts';
import { branchOf, type Study } from '../study/study.ts';
import type { Objective } from '../record/studyConfig.ts';
import { objectiveOf, objectivesOf } from '../record/objectives.ts';

/** What a run of the loop came to. */
export interface StudyReport {
  readonly study: string;
  readonly branch: string;
  readonly objective: Objective;
  readonly baseline: AttemptSummary;
  /** The attempts of this run, oldest first; the baseline is not among them. */
  readonly attempts: readonly AttemptSummary[];
  /** The best attempt of the whole line, earlier runs included. */
  readonly best: AttemptSummary;
  /**
   * What was found on the baseline itself: under-trained, or no better than a simple model;
   * sentences for people.
   */
  readonly findings: readonly string[];
  /** What was told before the first request: tokens, money, minutes. */
  readonly forecast: RunForecast;
  readonly end: RunEnd;
  /** The same in a clause for people: `rounds done`, `time spent: …`, `cancelled` … */
  readonly stopped: string;
}

/** A run that began with a baseline that could not be trained, and ended with one that can. */
export interface RepairedStart {
  readonly failed: AttemptSummary;
  readonly repaired: AttemptSummary;
  readonly attempts: readonly AttemptSummary[];
}

/** Sums up such a run: no search, but a file to apply. */
export function reportOnRepair(
  { failed, repaired, attempts }: RepairedStart,
  { name, config }: Study,
): StudyReport {
  const text =
    'Your baseline could not be trained as it is; ' +
    `${repaired.title.charAt(0).toLowerCase()}${repaired.title.slice(1)} lets it train. Apply ` +
    'it, then improve again.';
  return {
    study: name,
    branch: branchOf(name),
    objective: objectiveOf(config),
    baseline: failed,
    attempts,
    best: repaired,
    findings: [text],
    forecast: {
      model: null,
      requests: null,
      inputTokens: null,
      outputTokens: null,
      usd: null,
      minutes: null,
      text: 'No search before the baseline trains.',
    },
    ...endOf({ kind: 'baseline-repaired' }),
  };
}

/** What a run made, and why it ended. */
export interface RunResult {
  readonly attempts: readonly AttemptSummary[];
  readonly end: RunEnd;
}

/** Sums up a run that started at its root. */
export function reportOn(
  { session: { study, history }, root }: Search,
  { check, forecast }: { readonly check: CheckResult | null; readonly forecast: RunForecast },
  { attempts, end }: RunResult,
): StudyReport {
  const objective = objectiveOf(study.config);
  const best = bestOf(descendantsOf(root, history), objectivesOf(study.config)) ?? root;
  return {
    study: study.name,
    branch: branchOf(study.name),
    objective,
    baseline: baselineOf(root, history),
    attempts,
    best,
    findings: concludeCheck(
      best.metric && { metric: best.metric, noise: noiseFloor(history, best) },
      check,
      objective,
    ),
    forecast,
    ...endOf(end),
  };
}

const endOf = (end: RunEnd): Pick<StudyReport, 'end' | 'stopped'> => ({
  end,
  stopped: endText(end),
});
