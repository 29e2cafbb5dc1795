import { structuredPatch } from 'diff';
import type { Reviewer } from '../ports.ts';

/** Accepts every hunk of every proposal without asking: the terminal's reviewer and the Think Loop's. */
export const acceptAll: Reviewer = {
  review: (proposal) => {
    const { hunks } = structuredPatch('', '', proposal.base, proposal.text, '', '', { context: 0 });
    const accepted = hunks.map((hunk) => ({
      header: `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
      decision: 'accepted' as const,
    }));
    return Promise.resolve({ kind: 'accepted', text: proposal.text, record: { reviewer: 'automatic', hunks: accepted } });
  },
};
