import type { CurveRun } from '../../../show/views/curvesDocument.ts';
import { element } from '../shared/element.ts';
import { swatch } from '../shared/swatch.ts';
import { epochsOf } from './families.ts';
import type { Look } from './look.ts';
import { valueParts } from './legendValues.ts';

/** What the legend lists. */
export interface LegendContent {
  readonly runs: readonly CurveRun[];
  readonly looks: ReadonlyMap<string, Look>;
  readonly hidden: readonly string[];
  readonly families: readonly string[];
}

/** What the legend asks for. */
export interface LegendActions {
  readonly onOpen: (id: string) => void;
  readonly onHide: (id: string, isHidden: boolean) => void;
}

/** Which line is which, with the values at the cursor, or the last ones. */
export class CurvesLegend {
  // Narrow, its rows are laid out as blocks, which takes a table's own roles away.
  readonly node = element('table', { class: 'legend', attributes: { role: 'table' } });
  readonly #actions: LegendActions;
  #content: LegendContent = { runs: [], looks: new Map(), hidden: [], families: [] };
  #cells: readonly (readonly HTMLElement[])[] = [];
  #head = element('th');
  #kind = '';

  constructor(actions: LegendActions) {
    this.#actions = actions;
  }

  /** Lists the runs; rows that stay keep the keyboard's focus. */
  show(content: LegendContent): void {
    this.#content = content;
    const kind = JSON.stringify([
      content.families,
      content.hidden,
      content.runs.map(({ id, label, roles, seeds }) => [id, label, roles, seeds]),
    ]);
    if (kind === this.#kind) return;
    this.#kind = kind;
    this.#cells = content.runs.map(() =>
      content.families.map((family) =>
        element('td', { attributes: { role: 'cell', 'data-family': family } }),
      ),
    );
    this.#head = element('th', { class: 'epoch', attributes: COLUMN });
    this.node.classList.toggle('single', content.families.length === 1);
    const columns = content.families.map((family) =>
      element('th', { class: 'measure', text: family, attributes: COLUMN }),
    );
    this.node.replaceChildren(
      element('thead', GROUP, element('tr', ROW, this.#head, ...columns)),
      element(
        'tbody',
        GROUP,
        ...content.runs.map((run, row) =>
          element('tr', ROW, this.#nameCell(run), ...(this.#cells[row] ?? [])),
        ),
      ),
    );
  }

  /** Reads the values at an index; at the last epoch of each run for `null`. */
  read(index: number | null): void {
    const { runs, families } = this.#content;
    this.#head.textContent =
      index === null ? 'last epoch' : `epoch ${index + 1} of ${epochsOf(runs)}`;
    for (const [row, run] of runs.entries()) {
      for (const [column, family] of families.entries()) {
        const cell = this.#cells[row]?.[column];
        cell?.replaceChildren(...valueParts(run, family, index ?? epochsOf([run]) - 1));
      }
    }
  }

  #nameCell(run: CurveRun): HTMLElement {
    const { looks, hidden } = this.#content;
    const box = element('input', {
      attributes: { type: 'checkbox', 'aria-label': `Draw ${run.label}` },
      on: {
        change: () => {
          this.#actions.onHide(run.id, !box.checked);
        },
      },
    });
    box.checked = !hidden.includes(run.id);
    const look = looks.get(run.id);
    const name = element('button', {
      class: 'link',
      text: run.label,
      attributes: { title: `${run.label}: open the attempt` },
      on: {
        click: () => {
          this.#actions.onOpen(run.id);
        },
      },
    });
    return element(
      'th',
      { attributes: { scope: 'row', role: 'rowheader' } },
      box,
      ...(look ? [swatch(look)] : []),
      name,
      element('span', { class: 'note', text: ` ${rolesOf(run).join(', ')}` }),
      element('span', { class: 'note seeds', text: seedsText(run) }),
    );
  }
}

const COLUMN = { scope: 'col', role: 'columnheader' };

const GROUP = { attributes: { role: 'rowgroup' } };

const ROW = { attributes: { role: 'row' } };

const rolesOf = ({ roles }: CurveRun): readonly string[] =>
  roles.filter((role) => role !== 'shown' && role !== 'seed');

/** Behind the roles, where there is room. */
function seedsText(run: CurveRun): string {
  if (run.roles.includes('seed')) return '';
  const { length } = run.seeds;
  const text = length > 1 ? `mean and range of ${length} seeds` : 'one seed';
  return rolesOf(run).length > 0 ? `, ${text}` : text;
}
