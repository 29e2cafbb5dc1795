import { formatChange, formatNumber } from '../../record/format.ts';
import { isContender, isLeftBehind } from '../../record/kinds.ts';
import { betterWord, gainOf, isBetterValue } from '../../study/objective.ts';
import { plural } from '../../util/plural.ts';
import type { Raised, StudyFacts } from './facts.ts';
import { gainShare } from './gainShare.ts';

// What each trigger asks of the facts; the table is in `triggers.ts`.

type Condition = (facts: StudyFacts) => Raised | null;

/** The file as it is was never trained: there is nothing to compare with. */
export const unmeasured: Condition = ({ own }) =>
  own === null ? { why: 'The model file as it is was not trained yet.', subject: '' } : null;

/** The best was trained on other data: it is measured on the new ones before anything else. */
export const changedData: Condition = ({ best, dataHash }) => {
  const before = best?.dataHash ?? null;
  if (!best || dataHash === null || before === null || before === dataHash) return null;
  return {
    why:
      `The data is not what #${best.number} was trained on (${before.slice(0, 8)}, now ` +
      `${dataHash.slice(0, 8)}).`,
    subject: `${best.id}:${dataHash.slice(0, 16)}`,
    attempt: best.id,
  };
};

/** What trains is not what the best was trained with. */
export const changedEnvironment: Condition = ({ best, environments }) =>
  best === null || environments === null || environments.best === environments.newest
    ? null
    : {
        why:
          `#${best.number} was trained with ${environments.best}; now it is ` +
          `${environments.newest}.`,
        subject: `${best.id}:${environments.newest}`,
        attempt: best.id,
      };

/** A log that is newly written shows something that can be answered. */
export const logFinding: Condition = ({ log }) => {
  const finding = log?.findings[0];
  return log && finding
    ? { why: `The log says: ${finding.text}`, subject: log.key, focus: finding.kind }
    : null;
};

/** The metric is not what was asked for. */
export const missedTarget: Condition = ({ best, objective, settings: { target } }) => {
  if (target === undefined || !best?.metric) return null;
  if (!isBetterValue(objective, target, best.metric.mean)) return null;
  return {
    why:
      `${objective.metric} is ${formatNumber(best.metric.mean)}; asked for is ` +
      `${formatNumber(target)} or ${betterWord(objective)}.`,
    subject: '',
  };
};

/** The metric stands between two bounds of the user's. */
export const betweenBounds: Condition = ({ best, objective, settings: { between } }) => {
  if (between === undefined || !best?.metric) return null;
  const [low, high] = between.toSorted((a, b) => a - b);
  const { mean } = best.metric;
  if (low === undefined || high === undefined || mean < low || mean > high) return null;
  return {
    why: `${objective.metric} ${formatNumber(mean)} is between ${low} and ${high}.`,
    subject: '',
  };
};

/** The best inconclusive change that looked like a gain: more seeds may tell. */
export const anyInconclusive: Condition = ({ history, best, objective, maxSeeds, dataHash }) => {
  const open = history.filter(
    (attempt, index) =>
      attempt.kind === 'change' &&
      attempt.verdict === 'inconclusive' &&
      !isLeftBehind(attempt) &&
      attempt.dataHash === dataHash &&
      attempt.parents[0] === best?.id &&
      (attempt.metric?.values.length ?? Infinity) < 2 * maxSeeds &&
      !history.slice(index + 1).some(({ sourceHash }) => sourceHash === attempt.sourceHash) &&
      gainOf(attempt.effect.observed ?? 0, objective) > 0,
  );
  const [likeliest] = open.toSorted((a, b) =>
    gainOf((b.effect.observed ?? 0) - (a.effect.observed ?? 0), objective),
  );
  if (!likeliest) return null;
  const seeds = likeliest.metric?.values.length ?? 0;
  return {
    why:
      `#${likeliest.number} may be better (${formatChange(likeliest.effect.observed ?? 0)}); ` +
      `${plural(seeds, 'seed')} could not tell.`,
    subject: `${likeliest.id}:${seeds}`,
    attempt: likeliest.id,
  };
};

/** Nobody knows which line of the best attempt paid. */
export const unablated: Condition = ({ best, hunks, history }) =>
  best?.verdict !== 'better' ||
  best.kind !== 'change' ||
  hunks < 2 ||
  history.some(({ kind, parents }) => kind === 'ablation' && parents[0] === best.id)
    ? null
    : {
        why: `#${best.number} is better by ${hunks} hunks, and which of them paid is not known.`,
        subject: best.id,
        attempt: best.id,
      };

/** The best answers too slowly. */
export const tooSlow: Condition = (facts) =>
  overLimit(facts, { measure: 'latencyMs', unit: 'ms for a row' });

/** The best is too large. */
export const tooLarge: Condition = (facts) =>
  overLimit(facts, { measure: 'modelKB', unit: 'KiB of weights' });

function overLimit(
  { best, settings }: StudyFacts,
  { measure, unit }: { readonly measure: 'latencyMs' | 'modelKB'; readonly unit: string },
): Raised | null {
  const limit = settings[measure];
  const value = best?.measures?.[measure];
  if (limit === undefined || value === undefined || value <= limit || !best) return null;
  return {
    why: `#${best.number} takes ${formatNumber(value)} ${unit}; at most ${limit} is asked for.`,
    subject: best.id,
    attempt: best.id,
  };
}

/** Another study on the same data has something clearly better. */
export const betterElsewhere: Condition = ({ best, elsewhere, objective, settings }) => {
  const [other] = elsewhere;
  if (!best?.metric || !other?.attempt.metric) return null;
  const gained = gainShare(best.metric.mean, other.attempt.metric.mean, objective);
  if (gained < settings.minimumGain || gained <= 0) return null;
  return {
    why:
      `${other.study} has #${other.attempt.number} with ${objective.metric} ` +
      `${formatNumber(other.attempt.metric.mean)} on the same data; here it is ` +
      `${formatNumber(best.metric.mean)}.`,
    subject: other.attempt.id,
    attempt: other.attempt.id,
  };
};

/** No search has started from the best attempt. */
export const unsearched: Condition = ({ best, history }) =>
  best === null || history.some(({ kind, parents }) => kind === 'sweep' && parents[0] === best.id)
    ? null
    : { why: `No search has started from #${best.number} yet.`, subject: best.id };

/** The study is not tired: changes one at a time have not run dry. */
export const goingWell: Condition = ({ best }) =>
  best === null ? null : { why: 'Nothing says that single changes have run dry.', subject: '' };

const DAY = 24 * 3_600_000;

/** Nothing was tried for days. */
export const idle: Condition = ({ history, now, settings: { idleDays } }) => {
  const last = history.filter(isContender).at(-1);
  const days = last ? (now - last.finishedAt) / DAY : 0;
  return last && days >= idleDays
    ? { why: `Nothing was tried for ${plural(Math.floor(days), 'day')}.`, subject: '' }
    : null;
};
