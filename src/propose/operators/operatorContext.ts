import type { Architecture } from '../../model/architecture.ts';
import type { SearchState } from '../../ports/searcher.ts';
import type { Objective, StudyConfig } from '../../record/studyConfig.ts';
import type { Diagnosis, FindingKind } from '../../log/diagnosis.ts';
import type { OwnIdea } from '../../study/ownIdea.ts';
import type { CortexError } from '../../util/errors.ts';
import { ok, type Result } from '../../util/result.ts';
import { networkOf, type Network } from './network.ts';
import { taskOf, type Task } from './task.ts';
import { objectiveOf } from '../../record/objectives.ts';

/** All that an operator may look at. */
export interface OperatorContext {
  readonly network: Network;
  readonly diagnosis: Diagnosis;
  /** The finding that the user wants answered: it presses hardest. */
  readonly focus: FindingKind | null;
  readonly objective: Objective;
  readonly config: StudyConfig;
  /** From the data, else from the loss; `null` when neither tells. */
  readonly task: Task | null;
  /** The objective's value now: the parent's mean, else the log's last; `null` when unknown. */
  readonly value: number | null;
  /** The study's own ideas, or what is wrong with one. */
  readonly ownIdeas: Result<readonly OwnIdea[], CortexError>;
  /** The model file has a value named `tf`, so that inserted helper functions can use it. */
  readonly hasRuntimeName: boolean;
}

type Source = Pick<
  SearchState,
  'study' | 'model' | 'architecture' | 'diagnosis' | 'data' | 'parent' | 'focus'
>;

/** What a request says, prepared once for all operators. */
export function openContext(request: Source): OperatorContext {
  const { architecture, diagnosis, data, parent, model, focus = null } = request;
  const config = request.study.config;
  return {
    network: networkOf(architecture, data),
    diagnosis,
    focus,
    objective: objectiveOf(config),
    config,
    task: data?.task ?? taskOf(architecture),
    value: parent?.metric?.mean ?? lastFinite(diagnosis.series[objectiveOf(config).metric] ?? []),
    ownIdeas: request.study.ideas ?? ok([]),
    hasRuntimeName:
      model.language === 'python' || /\btf\b[^\n]*(?:\bfrom\b|=\s*require\b)/.test(model.text),
  };
}

/** The model is of PyTorch. */
export const isTorch = ({ network }: Pick<OperatorContext, 'network'>): boolean =>
  network.architecture.framework === 'torch';

/** The compile call can be read or written: an opaque builder must already have one. */
export const canCompile = (architecture: Architecture): boolean =>
  architecture.style !== 'opaque' || architecture.compile !== null;

const lastFinite = (series: readonly (number | null)[]): number | null =>
  series.findLast((value) => value !== null && Number.isFinite(value)) ?? null;
