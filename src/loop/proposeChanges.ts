import { sumOfCosts } from '../record/cost.ts';
import { CANDIDATES } from '../search/hybridProposer.ts';
import { buildPrompt, type Prompt } from '../propose/prompt/buildPrompt.ts';
import { estimateTokens } from '../propose/prompt/quote.ts';
import type { Proposal } from '../study/proposal.ts';
import { checkAndRepair } from './repair.ts';
import { readArchitecture } from '../propose/readArchitecture.ts';
import type { ModelFile } from '../model/modelFile.ts';
import type { Ports } from './ports.ts';
import type { Proposer, ProposeRequest } from '../ports/proposer.ts';
import { openRound } from './openRound.ts';
import type { Study } from '../study/study.ts';
import { findTrained, readTrainable } from './trainBaseline.ts';
import type { FindingKind } from '../log/diagnosis.ts';
import { diagnoseFile } from './readDiagnosis.ts';

/** What a user asks for when nothing is to be trained yet. */
export interface ProposeOptions {
  readonly count: number;
  readonly wish: string | null;
  readonly focus?: FindingKind | null;
  readonly signal: AbortSignal;
}

/**
 * Proposals from the best attempt so far, or from the file as it is when it was never trained; only
 * those that pass their check, where need be after their proposer has mended them.
 */
export async function proposeChanges(
  study: Study,
  options: ProposeOptions,
  ports: Ports,
): Promise<readonly Proposal[]> {
  const request = await open(study, options, ports);
  const proposals = await ports.proposer.propose({
    ...request,
    count: options.count,
    random: ports.random,
  });
  const checked = await Promise.all(
    proposals.map((proposal) =>
      checkAndRepair({ proposal, repairs: [], gaveUp: false }, request, ports),
    ),
  );
  return checked.flatMap(({ proposal, repairs, check }) =>
    check.ok
      ? [{ ...proposal, cost: sumOfCosts([proposal.cost, ...repairs.map(({ cost }) => cost)]) }]
      : [],
  );
}

/**
 * What a language model would be sent now, word for word; nothing is sent. `candidates` are the
 * offline engine's, where they are shown to it.
 */
export async function previewPrompt(
  study: Study,
  options: Omit<ProposeOptions, 'count'>,
  ports: Ports,
  offline: Proposer | null,
): Promise<PromptPreview> {
  const request = await open(study, { ...options, count: 1 }, ports);
  const candidates =
    (await offline?.propose({ ...request, count: CANDIDATES, random: ports.random })) ?? [];
  const prompt = buildPrompt({
    request,
    recent: (await request.recent?.()) ?? [],
    candidates,
    earlier: [],
  });
  return { ...prompt, tokens: estimateTokens(prompt.system + prompt.question) };
}

/** A prompt and its size, counted generously. */
export interface PromptPreview extends Prompt {
  readonly tokens: number;
}

async function open(study: Study, options: ProposeOptions, ports: Ports): Promise<Opened> {
  const model = await readTrainable(study, ports);
  const root = await findTrained(study, model.text, options.signal, ports);
  return root
    ? openRound({ study, number: 1, root, ...options }, ports)
    : openUntrained(study, model, options, ports);
}

type Opened = Omit<ProposeRequest, 'count' | 'random'>;

async function openUntrained(
  study: Study,
  model: ModelFile,
  { wish, focus = null, signal }: ProposeOptions,
  ports: Ports,
): Promise<Opened> {
  return {
    study,
    model,
    architecture: await readArchitecture(model, ports.syntax),
    diagnosis: await diagnoseFile(study, ports),
    data: await ports.trainer.profileData(study, signal),
    history: await ports.store.list(study),
    parent: null,
    wish,
    focus,
    signal,
  };
}
