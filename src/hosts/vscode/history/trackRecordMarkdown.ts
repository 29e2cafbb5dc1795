import { TRACK_LEGEND, trackTables, type TrackTable } from '../../../search/trackTable.ts';
import { calibrationOf, type Calibration } from '../../../study/calibration.ts';
import type { AttemptSummary } from '../../../record/attemptSummary.ts';
import { escapeMarkdown as plain } from '../labels.ts';

/**
 * What was predicted in a study beside what came, as a page. Names of proposers come from outside
 * and are escaped.
 */
export function trackRecordMarkdown(study: string, history: readonly AttemptSummary[]): string {
  const tables = trackTables(history);
  if (tables.every(({ rows }) => rows.length === 0))
    return `# Track record of ${plain(study)}\n\nNothing was proposed in this study yet.`;
  return [
    `# Track record of ${plain(study)}`,
    ...tables.flatMap(section),
    plain(TRACK_LEGEND),
    ...calibration(calibrationOf(history)),
  ].join('\n\n');
}

function section({ by, head, rows }: TrackTable): readonly string[] {
  const table = [
    ['', ...head],
    head.map(() => '--:').toSpliced(0, 0, '---'),
    ...rows.map((row) => row.map(plain)),
  ];
  return [`## By ${by}`, table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')];
}

/** How often what was said with so much confidence came true. */
function calibration(kept: Calibration | null): readonly string[] {
  if (!kept) return [];
  const rows = kept.bins.map(
    ({ from, to, count, cameTrue }) =>
      `| ${percent(from)}–${percent(to)} | ${count} | ${percent(cameTrue)} |`,
  );
  return [
    '## Confidence',
    ['| said | attempts | came true |', '|---|--:|--:|', ...rows].join('\n'),
  ];
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
