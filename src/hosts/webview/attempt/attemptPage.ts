import type { AttemptAction, ToAttempt } from '../../../show/views/attemptMessages.ts';
import type { AttemptView } from '../../../show/views/attemptView.ts';
import { element } from '../shared/element.ts';
import { diffView } from './diffView.ts';
import { table, bullets, folded, section } from './parts.ts';
import { why, type Send } from './why.ts';

/** The parts of the page, top to bottom; what an attempt does not have is left out. */
export function attemptPage(
  { view, logName, actions }: ToAttempt,
  curves: HTMLElement,
  send: Send,
): readonly HTMLElement[] {
  return [
    heading(view, actions, send),
    ...section('Why', why(view, logName, send)),
    ...section('The check of the baseline', [...bullets(view.findings), ...table(view.tried)]),
    ...section('Change', view.diff.length > 0 ? [diffView(view.diff)] : []),
    ...section('Which line paid?', hunks(view, send)),
    ...section('Repairs', bullets(view.repairs)),
    curves,
    ...section('Compared', [...table(view.comparisons), ...table(view.seeds)]),
    ...section(
      'Trials',
      view.isUntrained
        ? [element('p', { class: 'empty', text: 'Nothing was trained.' })]
        : table(view.trials),
    ),
    ...view.lastWords.map(({ title, text }) => folded(title, text)),
    ...section('Review', bullets(view.review)),
    ...section('Environment', [facts(view)]),
    ...section(
      'Asked and answered',
      view.exchanges.flatMap(({ title, prompt, answer }) => [
        folded(`${title}: what was sent`, prompt),
        folded(`${title}: the answer`, answer),
      ]),
    ),
  ];
}

const actionNames: Readonly<Record<AttemptAction, string>> = {
  apply: 'Apply to My File',
  diffWithParent: 'Diff with Parent',
  diffWithBaseline: 'Diff with Baseline',
  diffWithFile: 'Diff with My File',
  compare: 'Compare…',
  retrain: 'Retrain…',
  exportModel: 'Export Model…',
  makeSmaller: 'Make It Smaller…',
  copySha: 'Copy SHA',
};

function heading(
  { title, verdict, notes }: AttemptView,
  actions: readonly AttemptAction[],
  send: Send,
): HTMLElement {
  const buttons = actions.map((action) =>
    element('button', {
      class: 'button',
      text: actionNames[action],
      on: {
        click: () => {
          send({ kind: 'do', action });
        },
      },
    }),
  );
  return element(
    'header',
    {},
    element('h1', { text: title }),
    element(
      'p',
      { class: 'verdict' },
      element('span', { class: `badge badge-${verdict.kind}`, text: verdict.tag }),
      ` ${verdict.text}`,
    ),
    ...notes.map((text) => element('p', { class: 'note', text })),
    element(
      'div',
      { class: 'bar', attributes: { role: 'toolbar', 'aria-label': 'What to do with it' } },
      ...buttons,
    ),
  );
}

function hunks(
  { hunks: effects, hunkConclusion }: AttemptView,
  send: Send,
): readonly HTMLElement[] {
  if (effects.length === 0) return [];
  const items = effects.map(({ place, text, id, number }) =>
    element(
      'li',
      {},
      `${place}: ${text} `,
      element('button', {
        class: 'link shown',
        text: `#${number}`,
        on: {
          click: () => {
            send({ kind: 'open', id });
          },
        },
      }),
    ),
  );
  return [element('ul', {}, ...items), ...hunkConclusion.map((text) => element('p', { text }))];
}

function facts({ environment }: AttemptView): HTMLElement {
  return element(
    'dl',
    {},
    ...environment.flatMap(([name, value]) => [
      element('dt', { text: name }),
      element('dd', { text: value }),
    ]),
  );
}
