import { beginAttempt, type AttemptDraft } from './beginAttempt.ts';
import { finishAttempt, type Trained } from './finishAttempt.ts';
import { BASELINE_FAILED, cancelledError, CortexError } from '../util/errors.ts';
import { judgeBaseline } from '../judge/judgeTrials.ts';
import { type ModelFile } from '../model/modelFile.ts';
import { isTrainable } from '../model/runtime.ts';
import { readArchitecture } from '../propose/readArchitecture.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { DataProfile } from '../record/dataProfile.ts';
import type { Ports } from './ports.ts';
import { resumeDraft } from './resumeDraft.ts';
import { firstWithCode } from './sameCode.ts';
import type { StudySession } from './studySession.ts';
import { trainDraft } from './trainDraft.ts';
import { comparableConfig } from '../record/comparableConfig.ts';
import { seedsOf } from '../record/studyConfig.ts';
import { lengthsText } from '../study/lengths.ts';
import { suggestFolds } from '../study/suggestFolds.ts';
import type { Study } from '../study/study.ts';
import { plural } from '../util/plural.ts';
import { objectiveOf } from '../record/objectives.ts';

/**
 * The attempt that stands for the model file as it is, whose text is given: an earlier one with the
 * same source, data and configuration, or a baseline trained now. Rejects when it cannot be
 * trained; the failed baseline is recorded first.
 */
export async function trainBaseline(
  session: StudySession,
  text: string,
  signal: AbortSignal,
  ports: Ports,
): Promise<AttemptSummary> {
  const known = await findTrained(session, text, signal, ports);
  if (known) return known;
  await tellOtherData(session, signal, ports);
  return trainNow(session, text, signal, ports);
}

/** Reads the model file as it is; rejects what cannot be trained before anything is started. */
export async function readTrainable(
  study: Study,
  ports: Pick<Ports, 'files' | 'syntax' | 'trainer'>,
): Promise<ModelFile> {
  const model = await ports.files.readModel(study);
  await readArchitecture(model, ports.syntax, study.config);
  if (!isTrainable(model, ports.trainer)) throw notTrainable(model, ports.trainer);
  return model;
}

/**
 * The earliest attempt that trained this code on this data and configuration, however it was
 * formatted and commented then; later ones descend from it or repeat it.
 */
export async function findTrained(
  session: StudySession,
  text: string,
  signal: AbortSignal,
  { hash, syntax }: Pick<Ports, 'hash' | 'syntax'>,
): Promise<AttemptSummary | undefined> {
  const dataHash = (await session.profile(signal))?.hash ?? null;
  const configHash = hash(comparableConfig(session.study.config));
  const comparable = session.history.filter(
    (attempt) => attempt.dataHash === dataHash && attempt.configHash === configHash,
  );
  const variantOf = (id: string): Promise<string> => session.variant(id);
  return firstWithCode(comparable, text, session.study, { hash, syntax, variantOf });
}

/**
 * Trains a model file's text as a baseline and records it, whether or not it was trained before.
 */
export async function trainNow(
  session: StudySession,
  text: string,
  signal: AbortSignal,
  ports: Ports,
): Promise<AttemptSummary> {
  const { config } = session.study;
  const profile = await session.profile(signal);
  if (profile) requireRows(profile, seedsOf(config).length);
  if (isFirst(session)) tellOnce(session, profile, ports);
  const begun = await beginAttempt(
    session,
    { parents: [], own: { kind: 'baseline' }, text },
    ports,
  );
  const draft = await resumeDraft(begun, { from: 'interrupted', signal }, ports);
  const result = await trainSeeds(draft, signal, ports);
  const verdict = judgeBaseline(result.trials, objectiveOf(config));
  const summary = await finishAttempt(draft, { result, verdict }, ports);
  if (summary.verdict === 'cancelled') throw cancelledError('Training the baseline');
  if (summary.verdict !== 'baseline') throw baselineFailed(summary, verdict.text);
  return summary;
}

/** What is said of a study before its first training: how long that is, and how it is measured. */
function tellOnce(
  { study }: StudySession,
  profile: DataProfile | null,
  { onEvent }: Pick<Ports, 'onEvent'>,
): void {
  const texts = [lengthsText(study), profile && suggestFolds(profile, study.config)];
  for (const text of texts) if (text !== null) onEvent({ kind: 'notice', text });
}

/** Nothing was trained in this study before: what is said of its data is said once. */
const isFirst = ({ history }: StudySession): boolean =>
  history.every(({ metric }) => metric === null);

/**
 * Says so where the study's earlier attempts were trained on other data: they are neither parents
 * nor part of the noise any more.
 */
async function tellOtherData(
  session: StudySession,
  signal: AbortSignal,
  { onEvent }: Pick<Ports, 'onEvent'>,
): Promise<void> {
  const hash = (await session.profile(signal))?.hash;
  if (hash === undefined) return;
  const measured = session.history.filter(
    ({ metric, dataHash }) => metric !== null && dataHash !== null,
  );
  const last = measured.at(-1);
  if (!last || measured.some(({ dataHash }) => dataHash === hash)) return;
  onEvent({
    kind: 'notice',
    text:
      `The data is not what it was (its hash is ${hash.slice(0, 8)}, up to attempt ` +
      `#${last.number} it was ${last.dataHash?.slice(0, 8) ?? ''}): a new baseline is trained, ` +
      `the noise is measured anew, and the ${plural(measured.length, 'earlier attempt')} on ` +
      `the old data ${measured.length === 1 ? 'is' : 'are'} no longer compared with.`,
  });
}

/**
 * Refuses data with fewer rows than there are classes for every seed: no split of it says anything.
 */
function requireRows({ rows, classShares }: DataProfile, seeds: number): void {
  const [all, classes] = [
    rows.train + rows.validation + rows.test,
    Math.max(1, classShares.length),
  ];
  if (all < seeds * classes) throw tooFewRows(all, { seeds, classes });
}

/** The study's seeds, those that were trained before an interruption as they were. */
async function trainSeeds(
  draft: AttemptDraft,
  signal: AbortSignal,
  ports: Ports,
): Promise<Trained> {
  const { session, attempt } = draft;
  const wanted = seedsOf(session.study.config);
  const earlier = attempt.trials.filter(({ seed }) => wanted.includes(seed));
  const seeds = wanted.filter((seed) => earlier.every((trial) => trial.seed !== seed));
  if (seeds.length === 0) return { ...attempt, trials: earlier };
  const result = await trainDraft(
    { ...draft, attempt: { ...attempt, trials: earlier } },
    { seeds, among: wanted, signal },
    ports,
  );
  return { ...result, trials: [...earlier, ...result.trials] };
}

const baselineFailed = (attempt: AttemptSummary, why: string): CortexError =>
  new CortexError({
    code: BASELINE_FAILED,
    kind: 'training',
    happened: `The model file as it is could not be trained: ${why}`,
    expected: 'a builder whose model builds and trains, to compare changes with.',
    remedy:
      'Mend the builder and start again; the failed run is kept as attempt ' +
      `#${attempt.number}.`,
  });

const tooFewRows = (
  rows: number,
  { seeds, classes }: { seeds: number; classes: number },
): CortexError =>
  new CortexError({
    code: 'study-too-few-rows',
    kind: 'input',
    happened:
      `The data has ${plural(rows, 'row')}, for ${plural(classes, 'class')} and ` +
      `${plural(seeds, 'seed')}.`,
    expected:
      `at least ${seeds * classes} rows (seeds × classes); fewer cannot tell a better model ` +
      'from luck.',
    remedy: 'Bring more data, or join rare classes.',
  });

const notTrainable = ({ path, language }: ModelFile, { runtimes }: Ports['trainer']): CortexError =>
  new CortexError({
    code: 'model-not-trainable',
    kind: 'input',
    happened: `${path} is written in ${language}; nothing here trains that.`,
    expected: `a file for one of the runtimes: ${runtimes.map(({ name }) => name).join(', ')}.`,
    remedy: 'Take another runtime (cortex.runtime, --runtime auto), or only inspect the file.',
  });
