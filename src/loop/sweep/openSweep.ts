import type { AttemptOf } from '../../record/attempt.ts';
import type { SweptConfiguration } from '../../record/searchRecords.ts';
import { objectivesOf } from '../../record/objectives.ts';
import { openContext } from '../../propose/operators/operatorContext.ts';
import { kindOfData } from '../../search/experience/dataKind.ts';
import { openSpace } from '../../search/space/openSpace.ts';
import type { Realiser } from '../../search/space/realiser.ts';
import type { BuilderSpace } from '../../search/space/readSpace.ts';
import type { Configuration } from '../../search/space/dimension.ts';
import { portfolio } from '../../search/sweep/portfolio.ts';
import { scoreOf } from '../../search/sweep/score.ts';
import { SweepSearcher } from '../../search/sweep/sweepSearcher.ts';
import type { SweepSpec } from '../../study/sweepSpec.ts';
import { CortexError } from '../../util/errors.ts';
import { plural } from '../../util/plural.ts';
import { beginAttempt, type AttemptDraft } from '../beginAttempt.ts';
import type { Round } from '../openRound.ts';
import type { Ports } from '../ports.ts';
import { withExperience } from './experience.ts';
import { marksOf } from './marksOf.ts';
import { SweepPartner } from './partner.ts';

/** A search about to begin. */
export interface OpenSweep {
  readonly round: Round;
  readonly spec: SweepSpec;
  readonly builder: BuilderSpace;
  readonly realiser: Realiser;
  readonly searcher: SweepSearcher;
  readonly partner: SweepPartner | null;
  readonly draft: AttemptDraft<AttemptOf<'sweep'>>;
  /** What earlier searches from the same model tried. */
  readonly earlier: readonly SweptConfiguration[];
  readonly startedAt: number;
}

/**
 * Reads the space from the builder and the study, tells the searcher what earlier searches of the
 * same model came to, and begins the record. Refuses a space in which there is nothing to choose.
 */
export async function openSweep(
  round: Round,
  { spec, startedAt }: { readonly spec: SweepSpec; readonly startedAt: number },
  ports: Ports,
): Promise<OpenSweep> {
  const marks = await marksOf(round, ports);
  const rows = round.data?.rows.train ?? null;
  const opened = openSpace(round, { rows, marks, scope: spec.scope ?? 'everything' }, ports.syntax);
  const { space, starts } =
    spec.experience === 'ignored'
      ? { ...opened.builder, starts: [] }
      : await withExperience(opened.builder.space, round, ports);
  const builder = { ...opened.builder, space };
  if (space.size <= 1)
    throw spec.scope === 'marked'
      ? nothingMarked(round.study.modelPath)
      : emptySpace(round.study.modelPath);
  const partner = ports.partner ? new SweepPartner(ports.partner, { space, round }, ports) : null;
  const searcher = new SweepSearcher(space, {
    portfolio: withStarts(portfolio(builder, openContext(round)), starts),
    sources: partner ? { [partner.name]: (archive) => partner.suggest(archive) } : {},
    random: ports.random,
  });
  const earlier = await readEarlier(round);
  tellEarlier(earlier, searcher, round, ports);
  const draft = await beginAttempt<'sweep'>(
    round.session,
    {
      parents: [round.parent.id],
      text: round.model.text,
      own: {
        kind: 'sweep',
        title: 'Search of the architecture',
        reasoning: `${plural(space.dimensions.length, 'number')} and moves, searched together.`,
        searcher: ['portfolio', ...Object.keys(searcher.shares)].join(', '),
        seed: spec.seed,
        configurations: [],
        ...(round.data && { dataKind: kindOfData(round.data) }),
      },
    },
    ports,
  );
  const { realiser } = opened;
  return { round, spec, builder, realiser, searcher, partner, draft, earlier, startedAt };
}

/** The model as it is stays the first. */
const withStarts = (
  [first, ...others]: readonly Configuration[],
  starts: readonly Configuration[],
): readonly Configuration[] => [...(first ? [first] : []), ...starts, ...others];

async function readEarlier({
  session,
  history,
  parent,
}: Round): Promise<readonly SweptConfiguration[]> {
  const sweeps = history.filter(
    ({ kind, parents, configHash, dataHash }) =>
      kind === 'sweep' &&
      parents[0] === parent.id &&
      configHash === parent.configHash &&
      (dataHash === parent.dataHash || dataHash === null),
  );
  const records = await Promise.all(sweeps.map(({ id }) => session.attempt(id)));
  return records.flatMap((record) => (record.kind === 'sweep' ? record.configurations : []));
}

/** What was trained in earlier searches is not trained again. */
function tellEarlier(
  earlier: readonly SweptConfiguration[],
  searcher: SweepSearcher,
  { study }: Round,
  { onEvent }: Ports,
): void {
  const told = earlier.flatMap((configuration) => toldOf(configuration, study.config) ?? []);
  for (const each of told) searcher.tell(each);
  if (told.length === 0) return;
  onEvent({
    kind: 'resuming',
    text:
      `${plural(told.length, 'configuration')} of earlier searches ` +
      `${told.length === 1 ? 'is' : 'are'} not trained again.`,
  });
}

/** A configuration as a searcher is told of it; `null` where nothing came of it. */
export function toldOf(
  { values, results, failure, by = '' }: SweptConfiguration,
  config: Round['study']['config'],
): Parameters<SweepSearcher['tell']>[0] | null {
  const [last] = results;
  if (!last && failure === null) return null;
  return {
    values: values as Configuration,
    by,
    epochs: last?.epochs ?? 0,
    score: last && failure === null ? scoreOf(last.measures, objectivesOf(config)) : null,
  };
}

const nothingMarked = (path: string): CortexError =>
  new CortexError({
    code: 'search-nothing-marked',
    kind: 'input',
    happened: `Nothing that can change is marked in ${path}.`,
    expected: 'a comment such as `cortex: 16..256 log` beside a number (docs/search.md).',
    remedy: 'Mark what is to be tuned, or search everything.',
  });

const emptySpace = (path: string): CortexError =>
  new CortexError({
    code: 'search-empty-space',
    kind: 'input',
    happened: `There is nothing to search in ${path}: no number, layer or setting that may change.`,
    expected: 'a builder whose layers or compile call can be read.',
    remedy: 'Inspect it to see what was read, or write the layers out in the builder.',
  });
