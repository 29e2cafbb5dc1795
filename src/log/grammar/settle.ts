import { renamedIn, repeatsOf } from './conflicts.ts';
import type { Repeats } from './conflicts.ts';
import type { Form } from './form.ts';
import { isGrade } from './names.ts';
import { isText, unused } from './plan.ts';
import type { Plan, Use } from './plan.ts';

/** Without counters only one form of text can be told to go on from line to line. */
const gradedForms = ({ uses }: Plan, { reports }: Repeats): number =>
  [...uses].filter(
    ([form, { keys }]) =>
      isText(form) && keys.some(isGrade) && (reports.get(form)?.reports ?? 0) > 0,
  ).length;

/** A line without a counter that comes once, or now and then without a grade: no curve. */
function isStray(
  form: Form,
  { counter }: Use,
  { seen, points }: { readonly seen: Repeats; readonly points: number },
): boolean {
  if (counter !== null || !isText(form)) return false;
  const { epochs = 0 } = seen.reports.get(form) ?? {};
  const isGraded = form.measures.some(({ name }) => isGrade(name));
  return isGraded ? epochs === 1 && points >= MANY_POINTS : epochs * 5 < points;
}

/** What comes less often than this is rare; so many rare kinds are what a model says. */
const LEAST_SAID = 3;
const MOST_RARE = 12;

/** Of a log of so many points, what was said once is no curve. */
const MANY_POINTS = 8;

/** Where lines count steps, one that comes more than once at each: of several parts of it. */
function isOfParts(
  form: Form,
  { plan, seen }: { readonly plan: Plan; readonly seen: Repeats },
): boolean {
  const { epochs = 0, reports = 0 } = seen.reports.get(form) ?? {};
  const isOrdered = plan.axis === 'step' && isText(form) && !form.isBar && form.steps.length < 2;
  return isOrdered && epochs >= LEAST_SAID && 2 * reports > 3 * epochs;
}

/** Some epochs that lines of their own open have two of its lines, most have one. */
function isDoubledAtTimes(
  form: Form,
  { counter, isStep }: Use,
  { plan, seen }: { readonly plan: Plan; readonly seen: Repeats },
): boolean {
  const { epochs = 0, reports = 0 } = seen.reports.get(form) ?? {};
  const isHeaded = plan.axis === 'step' || (plan.axis === 'epoch' && plan.isHeaded);
  const isOrdered = isHeaded && counter === null && !isStep;
  return isOrdered && isText(form) && !form.isBar && reports > epochs && reports < 2 * epochs;
}

/** Every epoch has two of its lines: what stands before them tells their parts of the data. */
function isDoubled(
  form: Form,
  { counter, isStep }: Use,
  { plan, seen }: { readonly plan: Plan; readonly seen: Repeats },
): boolean {
  const { epochs = 0, reports = 0 } = seen.reports.get(form) ?? {};
  const isOrdered = plan.axis === 'epoch' && counter === null && !isStep && !form.isBar;
  return isOrdered && isText(form) && epochs >= LEAST_SAID && reports === 2 * epochs;
}

/** The name of a series that another form uses, too; a line above may name its part of the data. */
function newName(
  names: ReadonlyMap<string, string | null> | undefined,
  key: string,
): string | null {
  const scope = ['', 'val_', 'test_'].find((prefix) => names?.has(prefix + key));
  const name = scope === undefined ? key : names?.get(scope + key);
  if (name === null || name === undefined) return null;
  return scope !== undefined && name.startsWith(scope) ? name.slice(scope.length) : name;
}

/** Of lines that cannot be placed for sure no series that stands beside one of its name. */
const ofItself = (name: string | null, { keys }: Use): string | null =>
  name !== null && keys.includes(name) ? name : null;

/** What comes many times in an epoch beside what was held out is of its classes. */
const isOfClasses = (name: string | null, { keys }: Use): boolean =>
  name !== null && /^(?:val|test)_.*_\d$/.test(name) && !keys.includes(name);

/** What the rows show of forms that say the same, and of those that repeat themselves. */
export function settled(plan: Plan, seen: Repeats): Map<Form, Use> {
  const renamed = renamedIn(seen);
  const repeating = repeatsOf(seen);
  const isMixed = plan.axis === 'row' && gradedForms(plan, seen) > 1;
  const points = Math.max(0, ...[...seen.reports.values()].map(({ epochs }) => epochs));
  const isRare = (form: Form): boolean =>
    isText(form) && (seen.reports.get(form)?.reports ?? 0) < LEAST_SAID;
  const isTalk = [...seen.reports.keys()].filter(isRare).length >= MOST_RARE;
  return new Map(
    [...plan.uses].map(([form, use]): [Form, Use] => {
      const isPart = isMixed || isOfParts(form, { plan, seen });
      const isSaid = isPart || (isTalk && use.counter === null && isRare(form));
      if (isSaid || isStray(form, use, { seen, points })) return [form, unused(use)];
      const isFirstOnly = isDoubledAtTimes(form, use, { plan, seen });
      const names = use.keys
        .map((key) => newName(renamed.get(form), key))
        .map((name) => (isFirstOnly && plan.axis === 'step' ? ofItself(name, use) : name))
        .map((name) => (repeating.has(form) && isOfClasses(name, use) ? null : name));
      const keep = names.map((name) => name !== null);
      return [
        form,
        {
          ...use,
          isStep: use.isStep || (plan.axis === 'epoch' && repeating.has(form)),
          isFirstOnly,
          isDoubled: isDoubled(form, use, { plan, seen }),
          keys: names.filter((name) => name !== null),
          slots: use.slots.filter((_, i) => keep[i]),
          isRunning: use.isRunning.filter((_, i) => keep[i]),
        },
      ];
    }),
  );
}
