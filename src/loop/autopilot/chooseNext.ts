import type { AutopilotState, Task } from '../../record/autopilotState.ts';
import type { AutopilotSettings } from '../../record/autopilotSettings.ts';
import type { Study } from '../../study/study.ts';
import { byTurn, weighTasks, type Weighed } from './chooseTask.ts';
import type { StudyFacts } from './facts.ts';
import type { AutopilotSpec, Left } from './limits.ts';
import { readFacts, settingsOf } from './readFacts.ts';
import { CortexError } from '../../util/errors.ts';
import { unlessDefect } from '../findAttempt.ts';
import { busyText, typingText } from './surroundings.ts';
import type { AutopilotPorts } from './work.ts';

/** What comes next: a task, a wait of so many minutes, or the end; in a sentence why. */
export type Choice =
  | {
      readonly kind: 'task';
      readonly study: Study;
      readonly task: Task;
      readonly facts: StudyFacts;
    }
  | { readonly kind: 'later'; readonly minutes: number; readonly waits: readonly StudyWait[] }
  | { readonly kind: 'nothing'; readonly text: string };

/** Why a study waits, a sentence. */
export interface StudyWait {
  readonly study: Study;
  readonly text: string;
}

interface Candidate extends Weighed {
  readonly study: Study;
  readonly facts: StudyFacts;
}

/** A look at what may have changed; in minutes. */
const SOON = 1 / 12;

/** Chooses the task that promises most among studies that may be worked on now. */
export async function chooseNext(
  studies: readonly Study[],
  spec: Pick<AutopilotSpec, 'scope' | 'hours' | 'until' | 'signal'>,
  left: Left,
  ports: AutopilotPorts,
): Promise<Choice> {
  const looks = await Promise.all(studies.map((study) => look(study, { spec, left }, ports)));
  const [next] = looks.flatMap(({ best }) => (best ? [best] : [])).toSorted(byTurn);
  if (next) return { kind: 'task', study: next.study, task: next.task, facts: next.facts };
  const waits = looks.flatMap(({ wait }) => (wait ? [wait] : []));
  const lasting = waits
    .filter(({ why }) => why === 'held' || (why === 'idle' && hasEnd(spec)))
    .toSorted((a, b) => a.minutes - b.minutes);
  const [shortest] = lasting;
  return shortest && spec.scope !== 'once'
    ? { kind: 'later', minutes: shortest.minutes, waits: lasting }
    : { kind: 'nothing', text: waits[0]?.text ?? 'No study is left to work on.' };
}

const hasEnd = ({ hours, until }: Pick<AutopilotSpec, 'hours' | 'until'>): boolean =>
  hours !== undefined || until !== undefined;

interface Wait extends StudyWait {
  /** `held`: it will change by itself or by a person; `idle`: nothing to do; `over`: it ends. */
  readonly why: 'held' | 'idle' | 'over';
  readonly minutes: number;
}

interface Look {
  readonly best?: Candidate;
  readonly wait?: Wait;
}

/** What one study has to do now, or what it waits for; its study file may have been changed. */
async function look(
  known: Study,
  { spec, left }: { readonly spec: Pick<AutopilotSpec, 'scope' | 'signal'>; readonly left: Left },
  ports: AutopilotPorts,
): Promise<Look> {
  const opened = await ports.work.openStudy(known.modelPath).catch(unlessDefect);
  if (opened instanceof CortexError)
    return { wait: { why: 'held', minutes: SOON, study: known, text: opened.message } };
  const study = { ...opened, name: known.name };
  const { state } = await ports.store.read(study);
  const settings = settingsOf(study);
  const held = await heldBack(study, { state, settings, scope: spec.scope }, ports);
  if (held !== null) return { wait: held };
  const facts = await readFacts(study, state, spec.signal, ports);
  const [best] = weighTasks(facts, left.minutes);
  if (best) return { best: { ...best, study, facts } };
  const text = `Nothing to do for ${study.name}: no trigger is met, or it rests.`;
  return { wait: { why: 'idle', minutes: settings.interval, study, text } };
}

interface Holding {
  readonly state: AutopilotState;
  readonly settings: AutopilotSettings;
  readonly scope: AutopilotSpec['scope'];
}

/** Why nothing may be begun now; `null` where it may. */
async function heldBack(
  study: Study,
  { state, settings, scope }: Holding,
  { store, machine, now }: AutopilotPorts,
): Promise<Wait | null> {
  const { name } = study;
  const isHeld = (text: string): Wait => ({ why: 'held', minutes: SOON, study, text });
  if (state.mode === 'stopping') return { ...isHeld(`${name} was told to stop.`), why: 'over' };
  if (await store.isBusy(study)) return isHeld(`A person trains ${name}, which comes first.`);
  if (state.asked.some(({ turn }) => turn === 'forced')) return null;
  if (state.setAside)
    return {
      why: 'idle',
      minutes: settings.interval,
      study,
      text: `${name} is set aside: ${state.setAside.why} “cortex autopilot resume” takes it up.`,
    };
  if (state.mode === 'paused')
    return isHeld(`${name} is paused; “cortex autopilot resume” goes on.`);
  if (scope === 'once') return null;
  const typed = await store.typedAt(study);
  const busy = busyText(await machine.now(), settings) ?? typingText(typed, now(), settings);
  return busy === null ? null : isHeld(busy);
}
