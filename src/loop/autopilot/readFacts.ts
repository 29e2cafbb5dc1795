import { NOTES, type Diagnosis } from '../../log/diagnosis.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import { autopilotSchema, type AutopilotSettings } from '../../record/autopilotSettings.ts';
import type { AutopilotState } from '../../record/autopilotState.ts';
import { diffOf } from '../../record/kinds.ts';
import { objectiveOf, objectivesOf } from '../../record/objectives.ts';
import { currentBest } from '../../study/lineage.ts';
import { isBetterValue } from '../../study/objective.ts';
import type { Study } from '../../study/study.ts';
import { CortexError } from '../../util/errors.ts';
import { sha256 } from '../../util/sha256.ts';
import type { Elsewhere, LogFinding, StudyFacts } from './facts.ts';
import { pastCycles } from './pastCycle.ts';
import type { AutopilotPorts, Work } from './work.ts';

/** What a study says of its autopilot, every default filled in. */
export const settingsOf = ({ config }: Pick<Study, 'config'>): AutopilotSettings =>
  autopilotSchema.parse(config.autopilot ?? {});

/** Reads all that the triggers ask about; nothing is trained. */
export async function readFacts(
  study: Study,
  state: AutopilotState,
  signal: AbortSignal,
  { work, now }: Pick<AutopilotPorts, 'work' | 'now'>,
): Promise<StudyFacts> {
  const history = await work.history(study);
  const objective = objectiveOf(study.config);
  const best = currentBest(history, objectivesOf(study.config));
  const dataHash = await work.dataHash(study, signal);
  return {
    objective,
    settings: settingsOf(study),
    state,
    cycles: pastCycles(state, history, objective),
    history,
    best,
    own: (await work.attemptOfCode(study, await work.ownText(study))) ?? null,
    hunks: best ? hunksIn(diffOf(await work.attempt(study, best.id))) : 0,
    dataHash,
    environments: best ? await environmentsOf(study, { best, history }, work) : null,
    log: study.logPath === null ? null : await logOf(study.logPath, work),
    elsewhere: await elsewhere(study, dataHash, work),
    maxSeeds: study.config.judge.maxSeeds,
    now: now(),
  };
}

const hunksIn = (diff: string): number => diff.match(/^@@ /gm)?.length ?? 0;

async function environmentsOf(
  study: Study,
  { best, history }: { readonly best: AttemptSummary; readonly history: readonly AttemptSummary[] },
  work: Work,
): Promise<StudyFacts['environments']> {
  const newest = history.findLast(({ metric }) => metric !== null) ?? best;
  const [its, now] = await Promise.all(
    [best, newest].map(async ({ id }) => environmentText(await work.attempt(study, id))),
  );
  return its && now ? { best: its, newest: now } : null;
}

/** `wasm (tfjs 4.22.0)`; empty where it is not known. */
function environmentText({ environment }: Awaited<ReturnType<Work['attempt']>>): string {
  if (!environment) return '';
  const versions = Object.entries(environment.versions).map(([name, of]) => `${name} ${of}`);
  return `${environment.runtime} (${versions.toSorted().join(', ')})`;
}

/** A log that cannot be read raises nothing. */
async function logOf(logPath: string, work: Work): Promise<StudyFacts['log']> {
  const diagnosis = await work.diagnose(logPath).catch((error: unknown) => {
    if (error instanceof CortexError) return null;
    throw error;
  });
  if (!diagnosis) return null;
  const findings = answerable(diagnosis);
  const key = sha256(JSON.stringify(findings.map(({ kind, text }) => [kind, text]))).slice(0, 16);
  return { findings, key };
}

const answerable = ({ findings }: Diagnosis): readonly LogFinding[] =>
  findings.filter(({ kind, severity }) => severity !== 'info' && !NOTES.includes(kind));

/** Bests of other studies on the same data with the same metric, better ones first. */
async function elsewhere(
  study: Study,
  dataHash: string | null,
  work: Work,
): Promise<readonly Elsewhere[]> {
  if (dataHash === null) return [];
  const objective = objectiveOf(study.config);
  const found = (await work.studiesBeside(study)).map(async (other) => {
    const { metric, direction } = objectiveOf(other.config);
    if (metric !== objective.metric || direction !== objective.direction) return [];
    const attempt = currentBest(await work.history(other), objectivesOf(other.config));
    return attempt?.dataHash === dataHash ? [{ study: other.name, attempt }] : [];
  });
  const value = ({ attempt }: Elsewhere): number => attempt.metric?.mean ?? NaN;
  return (await Promise.all(found))
    .flat()
    .toSorted((a, b) => (isBetterValue(objective, value(a), value(b)) ? -1 : 1));
}
