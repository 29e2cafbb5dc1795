import type { DiffHunk, DiffLine } from '../../../show/views/diffHunks.ts';
import { element } from '../shared/element.ts';

/** A unified diff, hunk by hunk; colour and sign say the same. */
export const diffView = (hunks: readonly DiffHunk[]): HTMLElement =>
  element(
    'div',
    {
      class: 'diff',
      attributes: { tabindex: '0', role: 'group', 'aria-label': 'Change of the model file' },
    },
    ...hunks.flatMap(({ header, lines }) => [
      element('div', { class: 'hunk', text: header }),
      ...lines.map(lineView),
    ]),
  );

const signs: Readonly<Record<DiffLine['kind'], string>> = { added: '+', removed: '−', same: ' ' };

const lineView = ({ kind, text, before, after }: DiffLine): HTMLElement =>
  element(
    'div',
    { class: `line ${kind}` },
    element('span', {
      class: 'at',
      text: before === null ? '' : String(before),
      attributes: { 'aria-hidden': 'true' },
    }),
    element('span', {
      class: 'at',
      text: after === null ? '' : String(after),
      attributes: { 'aria-hidden': 'true' },
    }),
    element('span', { class: 'sign', text: signs[kind] }),
    element('code', { text }),
  );
