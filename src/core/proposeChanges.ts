import { checkProposal } from './proposal/checkProposal.ts';
import type { Proposal } from './proposal/proposal.ts';
import { readArchitecture } from './model/readArchitecture.ts';
import type { ModelFile } from './model/modelFile.ts';
import type { Ports, ProposeRequest } from './ports.ts';
import { openRound } from './search/openRound.ts';
import type { Study } from './study/study.ts';
import { findTrained, readTrainable } from './trainBaseline.ts';
import { diagnoseFile } from './trainingLog/readDiagnosis.ts';

/** What a user asks for when nothing is to be trained yet. */
export interface ProposeOptions {
  readonly count: number;
  readonly wish: string | null;
  readonly signal: AbortSignal;
}

/** Proposals from the best attempt so far, or from the file as it is when it was never trained; only those that pass their check. */
export async function proposeChanges(study: Study, options: ProposeOptions, ports: Ports): Promise<readonly Proposal[]> {
  const model = await readTrainable(study, ports);
  const root = await findTrained(study, model.text, options.signal, ports);
  const request = root ? await openRound({ study, number: 1, root, ...options }, ports) : await openUntrained(study, model, options, ports);
  const proposals = await ports.proposer.propose({ ...request, count: options.count, random: ports.random });
  const checks = await Promise.all(proposals.map((proposal) => checkProposal(proposal, request, ports)));
  return proposals.filter((_, index) => checks[index]?.ok);
}

type Opened = Omit<ProposeRequest, 'count' | 'random'>;

async function openUntrained(study: Study, model: ModelFile, { wish, signal }: ProposeOptions, ports: Ports): Promise<Opened> {
  return {
    study,
    model,
    architecture: await readArchitecture(model, ports.syntax),
    diagnosis: await diagnoseFile(study, ports),
    data: await ports.trainer.profileData(study, signal),
    history: await ports.store.list(study),
    parent: null,
    wish,
    signal,
  };
}
