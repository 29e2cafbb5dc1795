import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TRIAL_MEASURES } from '../../../../record/measures.ts';
import { measuredObjectives } from '../../../../record/objectives.ts';
import type { StudyRef } from '../../data/dataFiles.ts';
import { metricModuleFailed } from '../../data/errors.ts';
import type { StudyData } from '../../data/types.ts';
import type { UserModules } from '../../modules/userModules.ts';
import { studyMetrics, type StudyMetrics, type UserMetric } from './studyMetrics.ts';

const NAMES = ['metrics.ts', 'metrics.js', 'metrics.mjs', 'metrics.mts', 'metrics.cjs'];

/** What studies are measured by, functions of the user's own in `metrics.ts` among them. */
export class MetricsOfStudies {
  readonly #modules: UserModules;

  constructor(modules: UserModules) {
    this.#modules = modules;
  }

  /** Rejects with an `input` error where a metric that is asked for is not to be had. */
  async of({ folder, config }: StudyRef, { outputs }: StudyData): Promise<StudyMetrics> {
    const [first, ...others] = measuredObjectives(config);
    const further = others.filter((metric) => !TRIAL_MEASURES.some((name) => name === metric));
    const wanted = [first, ...further, ...(config.metrics ?? [])];
    return studyMetrics(wanted, outputs, await this.#own(folder));
  }

  async #own(folder: string): Promise<ReadonlyMap<string, UserMetric>> {
    const path = NAMES.map((name) => join(folder, name)).find((each) => existsSync(each));
    if (path === undefined) return new Map();
    try {
      const exports = await this.#modules.loadBeside(path);
      return new Map(
        Object.entries(exports).filter(
          (entry): entry is [string, UserMetric] => typeof entry[1] === 'function',
        ),
      );
    } catch (error) {
      throw metricModuleFailed(path, error);
    }
  }
}
