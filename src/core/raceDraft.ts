import type { Attempt, Trial } from './attempts/attempt.ts';
import type { AttemptDraft } from './attempts/beginAttempt.ts';
import type { AttemptEnding } from './attempts/finishAttempt.ts';
import { judgeTrials, type References, type Terms } from './judge/judgeTrials.ts';
import { noiseFloor } from './judge/noiseFloor.ts';
import { openRace } from './judge/race.ts';
import type { AttemptSummary, Ports, TrainResult } from './ports.ts';
import { seedsOf } from './study/studyConfig.ts';
import type { Study } from './study/study.ts';
import { trainDraft } from './trainDraft.ts';

/** Whom a variant is judged against. */
export interface TrainContext {
  readonly study: Study;
  readonly parent: AttemptSummary;
  readonly baseline: AttemptSummary;
  readonly signal: AbortSignal;
}

/** Every race starts with this many seeds: one shows no noise. */
const FIRST_SEEDS = 2;

/** A race under way: what was trained so far. */
interface Heat {
  readonly draft: AttemptDraft;
  readonly signal: AbortSignal;
  readonly parent: Contender;
  /** `null` where the parent is the baseline. */
  readonly baseline: Contender | null;
}

/** An earlier attempt with all the seeds it is known with; `extra` are those trained for this verdict. */
interface Contender {
  readonly id: string;
  readonly text: string;
  readonly trials: readonly Trial[];
  readonly extra: readonly Trial[];
}

/**
 * Trains a draft with two seeds, then one more at a time while the verdict is open; the parent gets the seeds it lacks, and
 * keeps them for its later children.
 */
export async function raceDraft(draft: AttemptDraft, context: TrainContext, ports: Ports): Promise<AttemptEnding> {
  const { study, signal, parent, baseline } = context;
  const history = await ports.store.list(study);
  const heat: Heat = {
    draft,
    signal,
    parent: await contender(parent, { study, history }, ports),
    baseline: baseline.id === parent.id ? null : await contender(baseline, { study, history }, ports),
  };
  const race = openRace(study.config.judge.maxSeeds);
  const terms = { objective: study.config.objective, race, noise: noiseFloor(history, parent), minimumEffect: study.config.judge.minimumEffect };
  const seeds = seedOrder(heat.parent.trials, study, race.maxSeeds);
  return runHeats(heat, { seeds, terms: (result) => ({ ...terms, saved: saved(result.parameters, parent.parameters) }) }, ports);
}

interface Plan {
  readonly seeds: readonly number[];
  readonly terms: (result: TrainResult) => Terms;
}

async function runHeats(heat: Heat, { seeds, terms }: Plan, ports: Ports): Promise<AttemptEnding> {
  const { draft, signal } = heat;
  let { parent } = heat;
  let result = await trainDraft(draft, { seeds: seeds.slice(0, FIRST_SEEDS), signal }, ports);
  for (let count = FIRST_SEEDS; ; count++) {
    if (result.trials.every((trial) => trial.outcome === 'completed')) parent = await complete({ ...heat, parent }, seeds.slice(0, count), ports);
    const { verdict, decided } = judgeTrials(result.trials, referencesOf({ ...heat, parent }), terms(result));
    const next = seeds[count];
    if (decided || next === undefined || isBroken(parent)) {
      return { result, verdict, ...(parent.extra.length > 0 && { references: [{ attempt: parent.id, trials: [...parent.extra] }] }) };
    }
    result = joined(result, await trainDraft(draft, { seeds: [next], signal }, ports));
  }
}

/** The parent with the seeds it lacked trained. */
async function complete({ draft, signal, parent }: Heat, seeds: readonly number[], ports: Ports): Promise<Contender> {
  const missing = seeds.filter((seed) => parent.trials.every((trial) => trial.seed !== seed));
  if (missing.length === 0) return parent;
  const { trials } = await trainDraft(draft, { seeds: missing, signal, otherText: parent.text }, ports);
  return { ...parent, trials: [...parent.trials, ...trials], extra: [...parent.extra, ...trials] };
}

/** An earlier attempt's own trials, and those that its children were judged against. */
async function contender(summary: AttemptSummary, { study, history }: { study: Study; history: readonly AttemptSummary[] }, ports: Ports): Promise<Contender> {
  const own = await ports.store.read(study, summary.id);
  const children = await Promise.all(history.filter(({ parents, metric }) => metric !== null && parents[0] === summary.id).map(({ id }) => ports.store.read(study, id)));
  const lent = children.filter((child) => child.dataHash === own.dataHash).flatMap((child) => lentTo(summary.id, child));
  const trials = [...own.trials, ...lent].filter((trial, index, all) => trial.outcome === 'completed' && all.findIndex(({ seed }) => seed === trial.seed) === index);
  return { id: summary.id, text: await ports.store.readVariant(study, summary.id), trials, extra: [] };
}

const lentTo = (id: string, { references = [] }: Attempt): readonly Trial[] => references.filter(({ attempt }) => attempt === id).flatMap(({ trials }) => trials);

const referencesOf = ({ parent, baseline }: Heat): References => (baseline ? [parent, baseline] : [parent]);

const isBroken = ({ extra }: Contender): boolean => extra.some(({ outcome }) => outcome === 'failed');

/** The parent's seeds first, in the study's order; then new ones up to `count`. */
function seedOrder(trials: readonly Trial[], study: Study, count: number): readonly number[] {
  const known = trials.map(({ seed }) => seed);
  const listed = [...new Set([...known, ...seedsOf(study.config)])];
  const next = Math.max(0, ...listed) + 1;
  return [...listed, ...Array.from({ length: count }, (_, index) => next + index)].slice(0, count);
}

const joined = (earlier: TrainResult, later: TrainResult): TrainResult => ({
  ...later,
  trials: [...earlier.trials, ...later.trials],
  parameters: later.parameters ?? earlier.parameters,
  dataHash: later.dataHash ?? earlier.dataHash,
});

const saved = (own: number | null, parent: number | null): number => (own === null || !parent ? 0 : 1 - own / parent);
