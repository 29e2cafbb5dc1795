import { element } from './element.ts';

/** One page of a tabbed view; `onShow` is called whenever it comes to the front. */
export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly node: HTMLElement;
  readonly onShow: () => void;
}

/** Tabs as the ARIA pattern has them: arrow keys move between them. */
export class Tabs {
  readonly node = element('div');
  readonly #tabs: readonly Tab[];
  readonly #buttons: readonly HTMLButtonElement[];
  readonly #onChange: (id: string) => void;
  #current: string;

  constructor(tabs: readonly Tab[], current: string, onChange: (id: string) => void) {
    this.#tabs = tabs;
    this.#onChange = onChange;
    this.#current = tabs.some(({ id }) => id === current) ? current : (tabs[0]?.id ?? '');
    this.#buttons = tabs.map(({ id, title }) =>
      element('button', {
        class: 'tab',
        text: title,
        attributes: { role: 'tab', id: `tab-${id}`, 'aria-controls': `panel-${id}` },
        on: {
          click: () => {
            this.show(id);
          },
        },
      }),
    );
    const list = element(
      'div',
      {
        class: 'tabs',
        attributes: { role: 'tablist' },
        on: {
          keydown: (event) => {
            this.#onKey(event as KeyboardEvent);
          },
        },
      },
      ...this.#buttons,
    );
    for (const { id, node } of tabs) {
      node.id = `panel-${id}`;
      node.setAttribute('role', 'tabpanel');
      node.setAttribute('aria-labelledby', `tab-${id}`);
    }
    this.node.append(list, ...tabs.map(({ node }) => node));
    this.#mark();
  }

  get current(): string {
    return this.#current;
  }

  show(id: string): void {
    this.#current = id;
    this.#mark();
    this.#onChange(id);
    this.#tabs.find((tab) => tab.id === id)?.onShow();
  }

  #mark(): void {
    for (const [index, { id, node }] of this.#tabs.entries()) {
      const button = this.#buttons[index];
      node.hidden = id !== this.#current;
      button?.setAttribute('aria-selected', String(id === this.#current));
      if (button) button.tabIndex = id === this.#current ? 0 : -1;
    }
  }

  #onKey(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = this.#tabs.findIndex(({ id }) => id === this.#current);
    const next = (at + step + this.#tabs.length) % this.#tabs.length;
    this.show(this.#tabs[next]?.id ?? this.#current);
    this.#buttons[next]?.focus();
  }
}
