import type { Attempt, Cost } from '../../core/attempts/attempt.ts';
import { formatNumber } from '../../core/attempts/format.ts';
import { escapeMarkdown as plain } from '../labels.ts';

/** Where a proposal's words and its change disagree, as one paragraph of a page; no paragraph where they agree. */
export const warningList = (warnings: readonly string[] = []): readonly string[] =>
  warnings.length === 0 ? [] : [warnings.map((warning) => `- ⚠ ${plain(warning)}`).join('\n')];

/** The steps in which a failed proposal was mended, or given up; empty where there were none. */
export function repairList({ repairs }: Pick<Attempt, 'repairs'>): string {
  if (repairs.length === 0) return '';
  const steps = repairs.map(({ failure, answer, cost }, index) =>
    `${index + 1}. ${plain(`${failure.kind}${failure.line === null ? '' : ` in line ${failure.line}`}: ${failure.message}`)} → ${plain(answer)}${cost ? ` *(${plain(costText(cost))})*` : ''}`);
  return `## Repairs\n\n${steps.join('\n')}`;
}

/** `5210 tokens in, 640 out, $0.0026`; money that is unknown is said to be. */
export function costText({ inputTokens, outputTokens, usd }: Cost): string {
  const money = usd === null ? 'price unknown' : `$${formatNumber(usd)}`;
  return `${inputTokens} tokens in, ${outputTokens} out, ${money}`;
}
