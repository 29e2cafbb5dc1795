import type { FromAttempt } from '../../../show/views/attemptMessages.ts';
import type { AttemptView } from '../../../show/views/attemptView.ts';
import { element } from '../shared/element.ts';

/** Tells the extension what the user asked for. */
export type Send = (message: FromAttempt) => void;

/** Why the attempt was made: reasoning, evidence, who proposed it. */
export function why(
  { reasoning, warnings, evidence, source }: AttemptView,
  logName: string | null,
  send: Send,
): readonly HTMLElement[] {
  if (source === '') return [];
  const items = evidence.map(({ text, lines }) =>
    element(
      'li',
      {},
      text,
      ...lines
        .slice(0, 20)
        .flatMap((line, index) => [
          index === 0 ? ` (${logName ?? 'log'}, line${lines.length > 1 ? 's' : ''} ` : ', ',
          lineLink(line, send),
        ]),
      lines.length > 0 ? ')' : '',
    ),
  );
  return [
    element('p', { class: 'reasoning', text: reasoning }),
    ...warnings.map((text) => element('p', { class: 'warning', text: `⚠ ${text}` })),
    ...(items.length > 0 ? [element('ul', {}, ...items)] : []),
    element('p', { class: 'note', text: source }),
  ];
}

const lineLink = (line: number, send: Send): HTMLElement =>
  element('button', {
    class: 'link shown',
    text: String(line),
    attributes: { title: `Show line ${line} of the log` },
    on: {
      click: () => {
        send({ kind: 'log', line });
      },
    },
  });
