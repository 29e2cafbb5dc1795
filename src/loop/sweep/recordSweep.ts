import type { AttemptSummary } from '../../record/attemptSummary.ts';
import { SWEPT } from '../../record/kinds.ts';
import { formatNumber } from '../../record/format.ts';
import { settingsOf } from '../../search/space/readSpace.ts';
import type { Configuration } from '../../search/space/dimension.ts';
import { plural } from '../../util/plural.ts';
import { finishAttempt } from '../finishAttempt.ts';
import { beginProposal } from '../proposalAttempt.ts';
import type { Ports } from '../ports.ts';
import { proposalFrom } from './proposalFrom.ts';
import type { FullRun, SweepRun } from './sweepRun.ts';
import type { Placed, SweepStanding } from './standing.ts';

/** Commits a sweep, whole or interrupted, as one record. */
export async function recordSweep(
  run: SweepRun,
  how: 'ended' | 'interrupted',
  ports: Ports,
): Promise<AttemptSummary> {
  const { draft, standing, sweep } = run;
  const [any] = run.full;
  const { parent, data } = sweep.round;
  return finishAttempt(
    draft,
    {
      verdict: {
        kind: how === 'ended' ? 'inconclusive' : 'cancelled',
        text: `${sweptText(standing)} ${how === 'ended' ? nextText(standing) : STOPPED}`.trim(),
        comparisons: [],
      },
      result: {
        trials: [],
        parameters: parent.parameters,
        environment: any?.result.environment ?? null,
        dataHash: data?.hash ?? null,
      },
    },
    ports,
  );
}

/**
 * Commits each whole run of a sweep as an attempt: trained once, on a seed that chose it, so that
 * it is neither parent nor best. A race need not wait for it: many commits take their time.
 */
export async function recordFullRuns(run: SweepRun, ports: Ports): Promise<void> {
  for (const each of run.full) await recordFullRun(each, run, ports);
}

const STOPPED = 'It was stopped; all of it is kept, and the next search goes on from it.';

const nextText = ({ best, start }: SweepStanding): string =>
  best !== null && best.text !== '' && (start === null || best.value !== start.value)
    ? 'What is still ahead with a second seed is raced next.'
    : '';

/** What a search came to so far, in a sentence or two. */
export function sweptText(standing: SweepStanding): string {
  const { tried, full, failed, unfit, objective, start, best } = standing;
  const counts = [
    `${full} trained in full`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(unfit > 0 ? [`${unfit} refused before they were built`] : []),
  ];
  const outcome =
    best === null
      ? 'None came to its end.'
      : `The best single run reached ${objective.metric} ${formatNumber(best.value)}` +
        asItIs(best, start);
  return (
    `${plural(tried, 'configuration')} tried, ${counts.join(', ')}. ${outcome}` +
    partnerText(standing)
  );
}

function partnerText({ partner }: SweepStanding): string {
  if (!partner?.cost) return '';
  const { name, suggested, cost } = partner;
  const tokens = plural(cost.inputTokens + cost.outputTokens, 'token');
  const money = cost.usd === null ? '' : `, $${formatNumber(cost.usd)}`;
  return ` ${name} suggested ${suggested} of them (${tokens}${money}).`;
}

function asItIs(best: Placed, start: Placed | null): string {
  if (best.text === '') return ': the model as it is.';
  return start ? `, the model as it is ${formatNumber(start.value)}.` : '.';
}

async function recordFullRun(full: FullRun, run: SweepRun, ports: Ports): Promise<void> {
  const { round } = run.sweep;
  const configuration = run.draft.attempt.configurations[full.index];
  // The model file as it is has its own record.
  if (!configuration || full.realised.fingerprint === round.parent.fingerprint) return;
  const settings = settingsOf(configuration.values as Configuration, round.study.config);
  const session = round.session.withSettings(settings);
  const proposal = { ...proposalFrom(full, run), operator: SWEPT };
  const draft = await beginProposal(
    { proposal, repairs: [] },
    { text: full.realised.text, review: null },
    { ...round, session },
    ports,
  );
  await finishAttempt(
    draft,
    {
      verdict: {
        kind: 'inconclusive',
        text: 'A whole run of a search, with one seed: it chose, and proves nothing.',
        comparisons: [],
      },
      result: full.result,
    },
    ports,
  );
}
