import { EventEmitter, type Disposable } from 'vscode';
import {
  comparedWith,
  curveRun,
  type CurvesDocument,
  type CurveSubject,
} from '../../../show/views/curvesDocument.ts';
import { followCurves, liveRuns, type LiveCurves } from '../../../show/views/liveCurves.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import type { StudyEntry } from '../study/studies.ts';
import { Throttle } from '../throttle.ts';
import { objectiveOf, objectivesOf } from '../../../record/objectives.ts';

type ReadyStudy = Extract<StudyEntry, { state: 'ready' }>;

/** More than five times a second, less often than frames. */
const LIVE_MS = 100;

/**
 * What the Curves view shows: what trains, else the attempt that is selected, else the newest; each
 * beside parent, baseline and best.
 */
export class CurvesSource implements Disposable {
  readonly #host: Host;
  readonly #disposables = new Disposables();
  readonly #changed = new EventEmitter<void>();
  readonly #moved = new EventEmitter<void>();
  readonly #throttle = new Throttle(LIVE_MS, () => {
    this.#moved.fire();
  });
  #live: LiveCurves | null = null;
  #modelPath: string | null = null;

  /** The document is another one. */
  readonly onDidChange = this.#changed.event;
  /** What trains has gone on. */
  readonly onDidMove = this.#moved.event;

  constructor(host: Host) {
    this.#host = host;
    const changed = (): void => {
      this.#changed.fire();
    };
    this.#disposables.add(
      this.#changed,
      this.#moved,
      this.#throttle,
      host.engine.onEvent((event) => {
        const before = this.#live;
        this.#live = followCurves(before, event);
        if (this.#live?.attemptId !== before?.attemptId) changed();
        else if (this.#live !== before) this.#throttle.poke();
      }),
      host.runs.onDidChange(() => {
        this.#live = null;
        this.#modelPath = host.runs.current?.study.modelPath ?? this.#modelPath;
        changed();
      }),
      host.studies.onDidChange(changed),
      host.selection.onDidChange(([chosen]) => {
        this.#modelPath = chosen?.modelPath ?? this.#modelPath;
        changed();
      }),
    );
  }

  /** The runs that train; empty when nothing does. */
  get liveRuns(): ReturnType<typeof liveRuns> {
    return this.#live ? liveRuns(this.#live) : [];
  }

  /** The model file the curves belong to. */
  get modelPath(): string | null {
    return this.#modelPath;
  }

  /** Everything as it is now; `null` where there is nothing to show. */
  async document(): Promise<CurvesDocument | null> {
    const entry = await this.#entry();
    if (!entry) return null;
    const engine = await this.#host.engine.get();
    const runs = await Promise.all(
      this.#subjects(entry).map(async (subject) =>
        curveRun(subject, await engine.attempt(entry.study, subject.summary.id)),
      ),
    );
    const { name, config } = entry.study;
    return {
      study: name,
      objective: objectiveOf(config),
      runs: [...this.liveRuns, ...runs.filter(({ bands }) => Object.keys(bands).length > 0)],
    };
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #entry(): Promise<ReadyStudy | null> {
    const { studies } = this.#host;
    await studies.discover();
    const known = studies.all();
    const modelPath =
      this.#modelPath ??
      (known.find((entry) => entry.state === 'ready' && entry.attempts.length > 0) ?? known[0])
        ?.modelPath;
    const entry = modelPath === undefined ? null : await studies.load(modelPath);
    return entry?.state === 'ready' ? entry : null;
  }

  #subjects({ study, attempts }: ReadyStudy): readonly CurveSubject[] {
    const objectives = objectivesOf(study.config);
    if (this.#live)
      return comparedWith(
        { id: this.#live.attemptId, parents: this.#live.parents },
        attempts,
        objectives,
      );
    const chosen = this.#host.selection.current
      .filter(({ modelPath }) => modelPath === study.modelPath)
      .map(({ attemptId }) => attemptId);
    const shown = attempts.filter(({ id }) => chosen.includes(id));
    if (shown.length > 1) return shown.map((summary) => ({ summary, roles: ['shown'] }));
    const focus = shown[0] ?? attempts.findLast(({ metric }) => metric !== null) ?? attempts.at(-1);
    return focus
      ? [{ summary: focus, roles: ['shown'] }, ...comparedWith(focus, attempts, objectives)]
      : [];
  }
}
