import { readHunkEffects } from '../../loop/ablation/hunkEffects.ts';
import { readSeedTable } from '../../loop/seedTable.ts';
import { openSession } from '../../loop/studySession.ts';
import type { Study } from '../../study/study.ts';
import { attemptView, type AttemptView } from './attemptView.ts';
import { comparedWith, curveRun, curveRunBySeed, type CurvesDocument } from './curvesDocument.ts';
import { objectiveOf, objectivesOf } from '../../record/objectives.ts';

/** Reads all that the page of an attempt shows; rejects where there is no such attempt. */
export async function readAttemptView(
  study: Study,
  id: string,
  ports: Parameters<typeof openSession>[1],
): Promise<AttemptView> {
  const session = await openSession(study, ports);
  const { history } = session;
  const attempt = await session.attempt(id);
  const openings = history.filter(({ kind, parents }) => kind === 'unsealing' && parents[0] === id);
  const summary = history.find((other) => other.id === id);
  const subjects = summary
    ? [
        { summary, roles: ['shown'] as const },
        ...comparedWith(summary, history, objectivesOf(study.config)),
      ]
    : [];
  const runs = await Promise.all(
    subjects.map(async (subject) => {
      const record = await session.attempt(subject.summary.id);
      return subject.summary.id === id
        ? curveRunBySeed(subject, record)
        : [curveRun(subject, record)];
    }),
  );
  const curves: CurvesDocument = {
    study: study.name,
    objective: objectiveOf(attempt.config),
    runs: runs.flat().filter(({ bands }) => Object.keys(bands).length > 0),
  };
  return attemptView(attempt, {
    history,
    curves,
    seeds: await readSeedTable(session, id),
    hunks: await readHunkEffects(id, session),
    openings: await Promise.all(openings.map((opening) => session.attempt(opening.id))),
  });
}
