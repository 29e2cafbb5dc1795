import { studyConfigSchema, type StudyConfig } from '../record/studyConfig.ts';
import type { Study } from '../study/study.ts';
import { CortexError } from '../util/errors.ts';

const MAXIMISED = /acc|auc|r2|f1|precision|recall/i;
const PART = /^\s*(?<metric>[\w-]+)\s*(?:(?<sign><=|>=|≤|≥)\s*(?<limit>[\d.e+-]+))?\s*$/i;

/**
 * The study with objectives of the user's own, as he writes them in a line: `val_loss, parameters
 * <= 60000`. `undefined` keeps the study's.
 */
export function withObjective(study: Study, words: string | undefined): Study {
  if (words === undefined) return study;
  const parsed = studyConfigSchema.shape.objective.safeParse(words.split(',').map(partOf(words)));
  if (!parsed.success) throw unreadable(words, parsed.error.issues[0]?.message ?? '');
  return {
    ...study,
    config: { ...study.config, objective: parsed.data as StudyConfig['objective'] },
  };
}

const partOf =
  (words: string) =>
  (part: string): unknown => {
    const { metric, sign, limit } = PART.exec(part)?.groups ?? {};
    if (metric === undefined) throw unreadable(words, `“${part.trim()}” is no measure.`);
    const isAtMost = sign === '<=' || sign === '≤';
    const isUp = sign === undefined ? MAXIMISED.test(metric) : !isAtMost;
    return {
      metric,
      direction: isUp ? 'maximize' : 'minimize',
      ...(limit !== undefined && { limit: Number(limit) }),
    };
  };

const unreadable = (words: string, why: string): CortexError =>
  new CortexError({
    code: 'search-objective-unreadable',
    kind: 'input',
    happened: `The objectives “${words}” cannot be read: ${why}`,
    expected:
      'measures with commas between them, the first without a limit: ' +
      "'val_loss, parameters <= 60000'.",
    remedy: 'Write them so, or leave the option out.',
  });
