import type { Finding } from '../../../log/diagnosis.ts';
import { FINDING_MEANINGS } from '../../../log/meaning.ts';
import { escapeMarkdown as plain } from '../labels.ts';

const MOST_REMEDIES = 3;

const severityWords: Readonly<Record<Finding['severity'], string>> = {
  info: 'note',
  warning: 'warning',
  problem: 'problem',
};

/**
 * A finding for a hover: its name, what Cortex would try first, the numbers (`null` where they
 * stand above it), and what it means. Text of a log is escaped.
 */
export function findingMarkdown(
  { kind, severity, onsetEpoch }: Finding,
  text: string | null,
  remedies: readonly string[],
): string {
  const since = onsetEpoch === null ? '' : `, since epoch ${onsetEpoch}`;
  const names = remedies.slice(0, MOST_REMEDIES).map((name) => plain(name.replaceAll('-', ' ')));
  const more =
    remedies.length > MOST_REMEDIES ? `, and ${remedies.length - MOST_REMEDIES} more` : '';
  return [
    `**${plain(FINDING_MEANINGS[kind].name)}** (${severityWords[severity]}${since})`,
    ...(names.length > 0 ? [`*Cortex would try first:* ${names.join(', ')}${more}`] : []),
    ...(text === null ? [] : [plain(text)]),
    plain(FINDING_MEANINGS[kind].text),
  ].join('\n\n');
}
