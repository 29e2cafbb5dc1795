import { escapeMarkdown as plain } from '../labels.ts';

/**
 * Where a proposal's words and its change disagree, as one paragraph of a page; no paragraph where
 * they agree.
 */
export const warningList = (warnings: readonly string[] = []): readonly string[] =>
  warnings.length === 0 ? [] : [warnings.map((warning) => `- ⚠ ${plain(warning)}`).join('\n')];
