import { sumOfCosts } from '../record/cost.ts';
import { CANDIDATES } from '../search/hybridSearcher.ts';
import { buildPrompt, type Prompt } from '../propose/prompt/buildPrompt.ts';
import { estimateTokens } from '../propose/prompt/quote.ts';
import type { Proposal } from '../study/proposal.ts';
import { checkSource } from '../propose/checkProposal.ts';
import type { Failure } from '../record/trial.ts';
import { isTrainable } from '../model/runtime.ts';
import { notBuiltError } from './notBuilt.ts';
import { checkAndRepair } from './repair.ts';
import { readArchitecture } from '../propose/readArchitecture.ts';
import type { DataProfile } from '../record/dataProfile.ts';
import type { ModelFile } from '../model/modelFile.ts';
import type { Ports } from './ports.ts';
import type { Searcher, SearchState } from '../ports/searcher.ts';
import type { SearchSpec } from '../study/runSpec.ts';
import { openSession, type StudySession } from './studySession.ts';
import { openRound } from './openRound.ts';
import type { Study } from '../study/study.ts';
import { findTrained, readTrainable } from './trainBaseline.ts';
import { diagnoseLog } from './readDiagnosis.ts';
import { unlessMissing } from './unlessMissing.ts';

/**
 * Proposals from the best attempt so far, or from the file as it is when it was never trained; only
 * those that pass their check, where need be after their searcher has mended them.
 */
export async function proposeChanges(
  study: Study,
  { count, ...spec }: SearchSpec & { readonly count: number },
  ports: Ports,
): Promise<readonly Proposal[]> {
  const state = await openState(study, spec, ports);
  const unbuilt = await whyUnbuilt(state, ports);
  const passed = await passedOf(state, count, { unbuilt, ports });
  if (passed.length === 0 && !unbuilt) await requireBuilt(state, ports);
  return passed;
}

interface Checking {
  readonly unbuilt: Failure | null;
  readonly ports: Ports;
}

/** As many as are wanted of those that pass their check; fewer where no more come up. */
async function passedOf(
  state: SearchState,
  count: number,
  { unbuilt, ports }: Checking,
): Promise<readonly Proposal[]> {
  const asked = new Set<string>();
  const passed: Proposal[] = [];
  // Where nobody is paid, what fails its check is made up for.
  const asks = ports.searcher.estimate ? 1 : MOST_ASKS;
  for (let round = 0; round < asks && passed.length < count; round += 1) {
    const offered = await ports.searcher.ask(state, count + asked.size);
    const fresh = offered.filter(({ text }) => !asked.has(text)).slice(0, count - passed.length);
    if (fresh.length === 0) break;
    for (const { text } of fresh) asked.add(text);
    passed.push(...(await passing(fresh, state, { unbuilt, ports })));
  }
  return passed;
}

/** Where no change of it builds, the file itself may not: then that is what is said. */
async function requireBuilt(
  { study, model, architecture, signal }: SearchState,
  { trainer }: Ports,
): Promise<void> {
  if (!isTrainable(model, trainer)) return;
  const built = await trainer.build(study, model, signal);
  if (!built.ok) throw notBuiltError(model.path, built.error, architecture);
}

/** How often a searcher that costs nothing is asked for what takes the place of failures. */
const MOST_ASKS = 6;

/** Those that pass their check: by their source alone where the file itself cannot be built. */
async function passing(
  proposals: readonly Proposal[],
  state: SearchState,
  { unbuilt, ports }: Checking,
): Promise<readonly Proposal[]> {
  if (unbuilt) return proposals.flatMap((one) => onlyRead(one, state, { unbuilt, ports }));
  const checked = await Promise.all(
    proposals.map((proposal) =>
      checkAndRepair({ proposal, repairs: [], gaveUp: false }, state, ports),
    ),
  );
  return checked.flatMap(({ proposal, repairs, check }) =>
    check.ok
      ? [{ ...proposal, cost: sumOfCosts([proposal.cost, ...repairs.map(({ cost }) => cost)]) }]
      : [],
  );
}

/**
 * Why the file itself cannot be built here (an argument that nobody says, a page's `document`):
 * then no change of it can be either. Asked only while there is no data to build it on.
 */
async function whyUnbuilt(
  { study, model, data, signal }: SearchState,
  { trainer }: Ports,
): Promise<Failure | null> {
  if (data || !isTrainable(model, trainer)) return null;
  const built = await trainer.build(study, model, signal);
  return built.ok ? null : built.error;
}

/** A proposal that is held against its source alone, and says so. */
function onlyRead(
  proposal: Proposal,
  state: SearchState,
  { unbuilt, ports }: { readonly unbuilt: Failure; readonly ports: Ports },
): readonly Proposal[] {
  if (!checkSource(proposal, state, ports.syntax).ok) return [];
  const warning = `Read, not built: ${unbuilt.message}`;
  return [{ ...proposal, warnings: [...(proposal.warnings ?? []), warning] }];
}

/**
 * What a language model would be sent now, word for word; nothing is sent. The candidates are the
 * offline engine's, where they are shown to it.
 */
export async function previewPrompt(
  study: Study,
  spec: SearchSpec,
  ports: Ports,
  offline: Searcher | null,
): Promise<PromptPreview> {
  const state = await openState(study, spec, ports);
  const candidates = (await offline?.ask(state, CANDIDATES)) ?? [];
  const prompt = buildPrompt({
    request: state,
    recent: (await state.recent?.()) ?? [],
    candidates,
    earlier: [],
  });
  return { ...prompt, tokens: estimateTokens(prompt.system + prompt.question) };
}

/** A prompt and its size, counted generously. */
export interface PromptPreview extends Prompt {
  readonly tokens: number;
}

/** Where a search of the study stands: at its best attempt, or at the file as it is. */
export async function openState(
  study: Study,
  spec: SearchSpec,
  ports: Ports,
): Promise<SearchState> {
  const model = await readTrainable(study, ports);
  const session = await openSession(study, ports);
  const data = await unlessMissing(session.profile(spec.signal));
  const root = data && (await findTrained(session, model.text, spec.signal, ports));
  if (!root) return openUntrained({ session, data }, model, spec, ports);
  const round = await openRound({ session, root, text: model.text, spec }, { number: 1 }, ports);
  ports.onEvent({ kind: 'diagnosed', diagnosis: round.diagnosis });
  return round;
}

const openUntrained = async (
  { session, data }: { readonly session: StudySession; readonly data: DataProfile | null },
  model: ModelFile,
  { wish, focus = null, signal }: SearchSpec,
  { syntax, random }: Ports,
): Promise<SearchState> => ({
  study: session.study,
  model,
  architecture: await readArchitecture(model, syntax, session.study.config),
  diagnosis: await diagnoseLog(session),
  data,
  history: session.history,
  parent: null,
  wish,
  focus,
  random,
  signal,
});
