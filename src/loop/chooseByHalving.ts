import { valuesOf } from '../record/measures.ts';
import type { SearchResult } from '../ports/searcher.ts';
import { CortexError, throwIfAborted } from '../util/errors.ts';
import type { Ports } from './ports.ts';
import { checkProposal } from '../propose/checkProposal.ts';
import type { Proposal } from '../study/proposal.ts';
import { sideBySide } from '../util/sideBySide.ts';
import type { Round } from './openRound.ts';
import { rungsOf, type Rung } from '../search/rungs.ts';
import { gainOf } from '../study/objective.ts';
import { seedsOf } from '../record/studyConfig.ts';
import { objectiveOf } from '../record/objectives.ts';
import { verdictOn, leaveBehind, stoppedAt, recordCancelled } from './leaveBehind.ts';
import type { Contestant } from './leaveBehind.ts';

/**
 * Chooses one of several proposals by short runs with one seed (see {@link rungsOf}); only that one
 * is reviewed and raced. The others are recorded as inconclusive, with how far they came: a short
 * run ranks, it proves nothing.
 */
export async function chooseByHalving(
  proposals: readonly Proposal[],
  round: Round,
  ports: Ports,
): Promise<Proposal> {
  let left: readonly Contestant[] = proposals.map((proposal) => ({
    proposal,
    value: null,
    failure: null,
    trained: null,
  }));
  try {
    for (const rung of rungsOf(left.length, round.study.config.epochs)) {
      const ran = await sideBySide(left, ports.trainer.workers, (candidate) =>
        runShort(candidate, rung, round, ports),
      );
      const ranked = ran.toSorted((a, b) => byValue(a, b, round));
      left = ranked.slice(0, rung.keep);
      const behind: SearchResult[] = [];
      for (const candidate of ranked.slice(rung.keep))
        behind.push(
          await leaveBehind(
            stoppedAt(rung, candidate, round),
            verdictOn(rung, { candidate, best: left[0] }, round),
            round,
            ports,
          ),
        );
      ports.searcher.tell?.(behind);
    }
  } catch (error) {
    if (error instanceof CortexError && error.kind === 'cancelled')
      await recordCancelled(left, error, round, ports);
    throw error;
  }
  const [chosen] = left;
  if (!chosen) throw new Error('Nothing was proposed to choose from.');
  return chosen.proposal;
}

async function runShort(
  { proposal }: Contestant,
  { epochs }: Rung,
  { study, signal, ...round }: Round,
  ports: Ports,
): Promise<Contestant> {
  throwIfAborted(signal, 'Choosing a proposal');
  const check = await checkProposal(proposal, { study, signal, ...round }, ports);
  if (!check.ok) return { proposal, value: null, failure: check.error, trained: null };
  ports.onEvent({ kind: 'trying', text: `${proposal.title}, ${epochs} epochs` });
  const trained = await ports.trainer.train({
    study: { ...study, config: { ...study.config, epochs } },
    variant: { path: study.modelPath, text: proposal.text },
    seeds: seedsOf(study.config).slice(0, 1),
    evaluateOn: 'validation',
    signal,
    onProgress: () => undefined,
  });
  throwIfAborted(signal, 'Choosing a proposal');
  const [trial] = trained.trials;
  return {
    proposal,
    value: valuesOf(trained.trials, objectiveOf(study.config).metric)[0] ?? null,
    failure: trial?.outcome === 'failed' ? trial.failure : null,
    trained,
  };
}

/** The better one first; what failed comes last. */
function byValue(a: Contestant, b: Contestant, { study }: Round): number {
  if (a.value === null || b.value === null)
    return Number(a.value === null) - Number(b.value === null);
  return gainOf(b.value - a.value, objectiveOf(study.config));
}
