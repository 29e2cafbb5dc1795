import type { DataShape } from '../../model/lens/shape.ts';
import type { Ports } from '../../loop/ports.ts';
import { readLens } from '../../loop/readLens.ts';
import { openSession } from '../../loop/studySession.ts';
import { withLentSeeds } from '../../loop/lentSeeds.ts';
import type { Study } from '../../study/study.ts';
import { compareDocument, type CompareDocument } from './compareDocument.ts';
import { type ComparedAttempt } from './attemptDifferences.ts';

/**
 * Reads two or more attempts of a study with their builders and puts them side by side, in the
 * order asked for.
 */
export async function compareAttempts(
  study: Study,
  request: { readonly ids: readonly string[]; readonly data: DataShape | null },
  ports: Pick<Ports, 'store' | 'trainer' | 'files' | 'syntax'>,
): Promise<CompareDocument> {
  const session = await openSession(study, ports);
  const { history } = session;
  const chosen = request.ids.flatMap((id) => history.find((summary) => summary.id === id) ?? []);
  const compared = await Promise.all(
    chosen.map(async (summary): Promise<ComparedAttempt> => {
      const [attempt, own, text] = await Promise.all([
        withLentSeeds(summary.id, session),
        session.attempt(summary.id),
        session.variant(summary.id),
      ]);
      const read = await readLens(study, text, request.data, ports.syntax);
      return { summary, attempt, own, lens: read.ok ? read.value : null };
    }),
  );
  return compareDocument(compared, history);
}
