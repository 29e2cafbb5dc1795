import type { FindingKind } from '../../log/diagnosis.ts';
import type { Task } from '../../record/autopilotState.ts';
import { languageOfModel } from '../../model/modelFile.ts';
import { completedTrials } from '../../record/measures.ts';
import { objectivesOf } from '../../record/objectives.ts';
import { currentBest } from '../../study/lineage.ts';
import type { Proposal } from '../../study/proposal.ts';
import type { Study } from '../../study/study.ts';
import { CortexError } from '../../util/errors.ts';
import type { StudyFacts } from './facts.ts';
import type { Work } from './work.ts';

/** A task about to be done. */
interface Doing {
  readonly study: Study;
  readonly task: Task;
  readonly facts: StudyFacts;
  /** Of the searches; another one each time. */
  readonly seed: number;
  /** At most, in minutes. */
  readonly minutes: number;
  readonly signal: AbortSignal;
}

/** Does a task by what a person could have asked for; all that it tries is recorded as ever. */
export async function doTask(doing: Doing, work: Work): Promise<void> {
  const { study, task, facts, seed, minutes, signal } = doing;
  const { settings } = facts;
  switch (task.kind) {
    case 'measure':
      return measure(doing, work);
    case 'training':
      await work.improve(study, {
        rounds: settings.rounds,
        minutes,
        seed,
        wish: task.goal,
        focus: task.focus as FindingKind | null,
        ...(isCheckTooLong(facts) && { baselineCheck: 'skip' as const }),
        signal,
      });
      return;
    case 'architecture':
      await work.search(study, {
        minutes,
        seed,
        ...(settings.trials !== undefined && { trials: settings.trials }),
        signal,
      });
      return;
    case 'optimisation':
      await work.compress(study, {
        id: subjectOf(doing),
        limit: settings.modelKB === undefined ? Infinity : settings.modelKB * 1024,
        metric: null,
        mayLose: settings.mayLose,
        seeds: null,
        signal,
      });
      return;
    case 'transfer':
      return transfer(doing, work);
    case 'more-seeds':
      return moreSeeds(doing, MORE_SEEDS, work);
    case 'ablation':
      await work.ablate(study, subjectOf(doing), signal);
  }
}

/** Checks of the baseline that may be cut off before a task goes on without one. */
const CUT_OFF = 2;

/** It does not come to its end in the minutes of a task, and would take those of the next, too. */
const isCheckTooLong = ({ history }: StudyFacts): boolean =>
  history.filter(({ kind, verdict }) => kind === 'check' && verdict === 'cancelled').length >=
  CUT_OFF;

/** Seeds that an open verdict is given, and what is measured again for a changed environment. */
const MORE_SEEDS = 4;
const AGAIN = 2;

/** The attempt that is named, or the best. */
function subjectOf({ task, facts, study }: Doing): string {
  const id = task.attempt ?? facts.best?.id;
  if (id === undefined) throw nothingTrained(study.name);
  return id;
}

/** What is not measured as things are: the file, and then the best that is not it. */
async function measure(doing: Doing, work: Work): Promise<void> {
  const { study, task, facts, signal } = doing;
  const before = facts.history.find(({ id }) => id === task.attempt);
  if (before && before.dataHash === facts.dataHash) return moreSeeds(doing, AGAIN, work);
  await work.train(study, { retrain: null, signal });
  if (!before || before.verdict === 'baseline') return;
  const text = await work.variantText(study, before.id);
  await tryText(doing, text, work, {
    title: `#${before.number} on the new data: ${before.title}`,
    operator: 'measured-again',
    reasoning: task.why,
  });
}

async function moreSeeds(doing: Doing, more: number, work: Work): Promise<void> {
  const { study, signal } = doing;
  const id = subjectOf(doing);
  const { trials } = await work.attempt(study, id);
  const seeds = completedTrials(trials).length + more;
  await work.train(study, { retrain: id, seeds, signal });
}

/** The builder of a better model elsewhere, as a change of the best here. */
async function transfer(doing: Doing, work: Work): Promise<void> {
  const { study, task, facts } = doing;
  const other =
    task.attempt === null
      ? facts.elsewhere[0]
      : facts.elsewhere.find(({ attempt }) => attempt.id === task.attempt);
  const from = (await work.studiesBeside(study)).find(({ name }) => name === other?.study);
  if (!other || !from) throw nothingElsewhere(study.name);
  await tryText(doing, await work.variantText(from, other.attempt.id), work, {
    title: `As #${other.attempt.number} of ${other.study}: ${other.attempt.title}`,
    operator: 'transfer',
    reasoning: task.why,
  });
}

/** Races the builder of a text against the best that was trained on the data as they are. */
async function tryText(
  { study, seed, minutes, signal }: Doing,
  text: string,
  work: Work,
  words: Pick<Proposal, 'title' | 'operator' | 'reasoning'>,
): Promise<void> {
  const parent = currentBest(await work.history(study), objectivesOf(study.config));
  if (!parent) throw nothingTrained(study.name);
  const base =
    parent.verdict === 'baseline'
      ? await work.ownText(study)
      : await work.variantText(study, parent.id);
  const waiting: Proposal = {
    ...words,
    family: 'transfer',
    evidence: [],
    expectedEffect: null,
    confidence: null,
    proposer: 'autopilot',
    base,
    text: await withBuilder(base, text, study, work),
    fingerprint: null,
    cost: null,
  };
  await work.improve(study, {
    rounds: 1,
    minutes,
    seed,
    wish: null,
    baselineCheck: 'skip',
    waiting,
    signal,
  });
}

/** A text with the builder of another one in the place of its own. */
async function withBuilder(
  base: string,
  text: string,
  { modelPath }: Study,
  work: Work,
): Promise<string> {
  const language = languageOfModel(modelPath);
  const [own, other] = [await work.inspect(base, language), await work.inspect(text, language)];
  if (!own.ok) throw own.error;
  if (!other.ok) throw other.error;
  const [to, from] = [own.value.builder.range, other.value.builder.range];
  return base.slice(0, to.start) + text.slice(from.start, from.end) + base.slice(to.end);
}

const nothingTrained = (study: string): CortexError =>
  new CortexError({
    code: 'autopilot-nothing-trained',
    kind: 'input',
    happened: `The study ${study} has no trained attempt yet.`,
    expected: 'one that this task can be about.',
    remedy: 'Let it be measured first: cortex autopilot add <model> --kind measure',
  });

const nothingElsewhere = (study: string): CortexError =>
  new CortexError({
    code: 'autopilot-nothing-elsewhere',
    kind: 'input',
    happened: `No other study on the data of ${study} has a trained attempt.`,
    expected: 'another study with the same data and the same metric.',
    remedy: 'Leave transfers out, or train another model on these data.',
  });
