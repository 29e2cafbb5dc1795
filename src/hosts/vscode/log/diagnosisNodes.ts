import type { Diagnosis, Finding } from '../../../log/diagnosis.ts';
import { metricDirection } from '../../../log/metricDirection.ts';
import { formatNumber } from '../../../record/format.ts';
import { sparkline } from '../../../util/sparkline.ts';
import { placeFindings, type PlacedFinding } from './placedFindings.ts';
import type { DiagnosisNode, GroupIcon } from './diagnosisNode.ts';

const SPARK_WIDTH = 8;

/** What the view shows of a diagnosed log, or of a training that has none (`null`). */
export function diagnosisNodes(
  logPath: string | null,
  diagnosis: Diagnosis,
): readonly DiagnosisNode[] {
  const placed = placeFindings(diagnosis);
  const series = Object.entries(diagnosis.series).map(([name, values]) => seriesNode(name, values));
  return [
    ...(diagnosis.run.count > 1 && logPath !== null
      ? [{ kind: 'run', logPath, run: diagnosis.run } as const]
      : []),
    { kind: 'group', id: 'series', label: 'Series', icon: 'graph-line', children: series },
    ...findingGroup(
      'Problems',
      placed.filter(({ finding }) => finding.severity === 'problem'),
      logPath,
    ),
    ...findingGroup(
      'Warnings',
      placed.filter(({ finding }) => finding.severity === 'warning'),
      logPath,
    ),
    ...findingGroup(
      'Notes',
      placed.filter(({ finding }) => finding.severity === 'info'),
      logPath,
    ),
    ...outlookNodes(diagnosis),
  ];
}

/** The lines that prove a finding, first to last. */
export const lineNodes = ({
  placed,
  logPath,
}: Extract<DiagnosisNode, { kind: 'finding' }>): readonly DiagnosisNode[] =>
  logPath === null || placed.finding.lines.length === 0
    ? []
    : [placed.line, ...placed.others]
        .toSorted((a, b) => a - b)
        .map((line) => ({ kind: 'line', logPath, line }));

const ICONS: Readonly<Record<Finding['severity'], GroupIcon>> = {
  problem: 'error',
  warning: 'warning',
  info: 'info',
};

function findingGroup(
  name: string,
  placed: readonly PlacedFinding[],
  logPath: string | null,
): readonly DiagnosisNode[] {
  const [first] = placed;
  if (!first) return [];
  const children = placed.map((one): DiagnosisNode => ({
    kind: 'finding',
    logPath,
    focus: one.finding.kind,
    placed: one,
  }));
  return [
    {
      kind: 'group',
      id: name,
      label: `${name} (${placed.length})`,
      icon: ICONS[first.finding.severity],
      children,
    },
  ];
}

/** `0.164, best 0.158 ▇▅▃▂▁`: numbers first, so that a narrow sidebar still shows them. */
function seriesNode(name: string, values: readonly (number | null)[]): DiagnosisNode {
  const last = values.findLast((value) => value !== null) ?? null;
  const best = bestOf(values, metricDirection(name));
  const lastText = last === null ? 'no value' : formatNumber(last);
  const isLast = best !== null && best.value === last;
  const bestText = best === null || isLast ? '' : `, best ${formatNumber(best.value)}`;
  const place = best === null ? '' : `, epoch ${best.index + 1} of ${values.length}`;
  return {
    kind: 'series',
    name,
    description: `${lastText}${isLast ? ' (best)' : bestText} ${sparkline(values, SPARK_WIDTH)}`,
    spoken: `last ${lastText}${isLast ? ', the best' : `${bestText}${place}`}`,
  };
}

function bestOf(
  values: readonly (number | null)[],
  direction: 'minimize' | 'maximize' | null,
): { readonly value: number; readonly index: number } | null {
  if (direction === null) return null;
  const finite = values.flatMap((value, index) =>
    value !== null && Number.isFinite(value) ? [{ value, index }] : [],
  );
  const sign = direction === 'minimize' ? 1 : -1;
  return finite.reduce<(typeof finite)[number] | null>(
    (best, one) => (best === null || sign * one.value < sign * best.value ? one : best),
    null,
  );
}

function outlookNodes({ outlook, trend }: Diagnosis): readonly DiagnosisNode[] {
  if (trend === 'cannot-tell') return [];
  if (!outlook)
    return [
      {
        kind: 'note',
        icon: 'telescope',
        label: 'Expected at twice the epochs',
        description: 'cannot tell',
        tooltip: 'The course of the loss does not tell where it leads.',
      },
    ];
  const {
    series,
    epoch,
    expected,
    interval: [low, high],
  } = outlook;
  return [
    {
      kind: 'note',
      icon: 'telescope',
      label: `${series} ≈ ${formatNumber(expected)} at epoch ${epoch}`,
      description: `${formatNumber(low)} to ${formatNumber(high)}`,
      tooltip: 'Nineteen times of twenty in this interval, if it goes on as it went.',
    },
  ];
}
