import { formatNumber } from './attempts/format.ts';
import { throwIfAborted } from './errors.ts';
import { LEARNING_RATE_PROBE } from './judge/adequacy.ts';
import type { OptimizerSpec } from './model/edits.ts';
import { fingerprintOf } from './model/readArchitecture.ts';
import { openContext } from './operators/operatorContext.ts';
import { compileWith, optimizerOf } from './operators/training.ts';
import type { Ports } from './ports.ts';
import type { Proposal } from './proposal/proposal.ts';
import { OFFLINE } from './search/askOperators.ts';
import type { Round } from './search/openRound.ts';
import { isBetterValue } from './study/objective.ts';
import { seedsOf } from './study/studyConfig.ts';

/** Around the rate in use. */
const FACTORS = [1, 1 / 3, 3, 10] as const;
/** Share of the epochs that a probe runs. */
const RUNG = 0.25;
const LARGEST_RATE = 0.3;

/** One learning rate and where a short run with it came to. */
interface Probe {
  readonly rate: number;
  readonly text: string;
  readonly value: number;
}

/**
 * Before any layer is touched: is the baseline trained as well as it could be? Trains the model as it is for a quarter of its
 * epochs at a third, three and ten times its learning rate, with one seed. The winner, if it beats the rate in use by more than the noise of the seeds,
 * is the first proposal; the race over seeds then says whether it is true. `null` where there is nothing to propose, or the rate cannot be read.
 */
export async function probeLearningRate(round: Round, ports: Ports): Promise<Proposal | null> {
  const optimizer = optimizerOf(openContext(round));
  if (!optimizer) return null;
  const { study, parent } = round;
  const epochs = Math.max(2, Math.ceil(study.config.epochs * RUNG));
  const probes: Probe[] = [];
  for (const variant of variantsOf(round, optimizer, ports)) {
    throwIfAborted(round.signal, 'Probing learning rates');
    ports.onEvent({ kind: 'probing', text: `learning rate ${formatNumber(variant.rate)}, ${epochs} epochs` });
    const value = await shortRun(variant.text, { round, epochs }, ports);
    if (value !== null) probes.push({ ...variant, value });
  }
  const { objective } = study.config;
  const own = probes.find(({ rate }) => rate === optimizer.learningRate);
  const best = probes.reduce<Probe | undefined>((winner, probe) => (!winner || isBetterValue(objective, probe.value, winner.value) ? probe : winner), own);
  if (!own || !best || Math.abs(best.value - own.value) <= (parent.metric?.sd ?? 0)) return null;
  return proposalOf({ own, best, probes, epochs }, { round, optimizer }, ports);
}

function variantsOf(round: Round, optimizer: OptimizerSpec, ports: Ports): readonly Omit<Probe, 'value'>[] {
  const { model, architecture } = round;
  const rates = FACTORS.map((factor) => Number((optimizer.learningRate * factor).toPrecision(2))).filter((rate) => rate <= LARGEST_RATE);
  return rates.flatMap((rate, index) => {
    if (index === 0) return [{ rate: optimizer.learningRate, text: model.text }];
    const written = ports.syntax.write(model.text, architecture, [compileWith(openContext(round), { optimizer: { ...optimizer, learningRate: rate } })]);
    return written.ok ? [{ rate, text: written.value }] : [];
  });
}

/** The objective after a short run with the study's first seed; `null` where it failed. */
async function shortRun(text: string, { round, epochs }: { round: Round; epochs: number }, ports: Ports): Promise<number | null> {
  const { study, signal } = round;
  const { trials } = await ports.trainer.train({
    study: { ...study, config: { ...study.config, epochs } },
    variant: { path: study.modelPath, text },
    seeds: seedsOf(study.config).slice(0, 1),
    evaluateOn: 'validation',
    signal,
    onProgress: () => undefined,
  });
  const [trial] = trials;
  return trial?.outcome === 'completed' ? trial.metric : null;
}

interface Probed {
  readonly own: Probe;
  readonly best: Probe;
  readonly probes: readonly Probe[];
  readonly epochs: number;
}

async function proposalOf({ own, best, probes, epochs }: Probed, { round, optimizer }: { round: Round; optimizer: OptimizerSpec }, ports: Ports): Promise<Proposal> {
  const { metric } = round.study.config.objective;
  const step = `${formatNumber(own.rate)} → ${formatNumber(best.rate)}`;
  const problem = best.rate > own.rate ? 'looks under-trained, not too small' : 'takes steps that are too large';
  return {
    title: `Learning rate ${step}`,
    operator: LEARNING_RATE_PROBE,
    family: 'learning-rate',
    reasoning: `Your baseline ${problem}: with nothing changed but the learning rate of ${optimizer.type}, ${step}, ${metric} after ${epochs} of ${round.study.config.epochs} epochs is ${formatNumber(best.value)} instead of ${formatNumber(own.value)}. Before any layer is changed, the training should be right.`,
    evidence: probes.map(({ rate, value }) => ({ text: `learning rate ${formatNumber(rate)}: ${metric} ${formatNumber(value)} after ${epochs} epochs, one seed`, finding: null, lines: [] })),
    expectedEffect: { metric, delta: best.value - own.value },
    confidence: 0.6,
    proposer: OFFLINE,
    base: round.model.text,
    text: best.text,
    fingerprint: await fingerprintOf({ path: round.model.path, text: best.text }, ports.syntax),
    cost: null,
  };
}
