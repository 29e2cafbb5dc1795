import { ViewColumn, window, workspace, type Disposable, type WebviewPanel } from 'vscode';
import { Disposables } from '../disposables.ts';

/** A kind of page that opens as an editor tab, once for each thing it is about. */
export interface EditorPageKind<Subject> {
  /** Its id for VS Code, which brings tabs back after a reload. */
  readonly viewType: string;
  readonly keyOf: (subject: Subject) => string;
  /** Reads the subject from what the page had saved; `null` for nothing usable. */
  readonly read: (state: unknown) => Subject | null;
  readonly fill: (panel: WebviewPanel, subject: Subject) => Disposable;
}

/** A tab, what fills it, and what follows its end. */
interface OpenPage {
  readonly panel: WebviewPanel;
  readonly content: Disposable;
  readonly closing: Disposable;
}

/** Opens pages of one kind: a page that is open already is shown again. */
export class EditorPages<Subject> implements Disposable {
  readonly #kind: EditorPageKind<Subject>;
  readonly #open = new Map<string, OpenPage>();
  /** The page that the next peek fills anew. */
  #peeked: WebviewPanel | null = null;
  readonly #disposables = new Disposables();

  constructor(kind: EditorPageKind<Subject>) {
    this.#kind = kind;
    this.#disposables.add(
      window.registerWebviewPanelSerializer(kind.viewType, {
        deserializeWebviewPanel: (panel, state) => {
          const subject = kind.read(state);
          if (subject === null) panel.dispose();
          else this.#bringBack(panel, subject);
          return Promise.resolve();
        },
      }),
    );
  }

  /** Shows the page about a subject. */
  show(subject: Subject, title: string): void {
    const open = this.#open.get(this.#kind.keyOf(subject));
    if (!open) return this.#adopt(this.#create(title, ViewColumn.Active), subject);
    // What was asked for by name stays: the next peek takes a tab of its own.
    if (open.panel === this.#peeked) this.#peeked = null;
    open.panel.reveal();
  }

  /**
   * Shows the page about a subject beside the work: the focus stays where it is, and one tab is
   * used for all that are looked at this way.
   */
  peek(subject: Subject, title: string): void {
    const open = this.#open.get(this.#kind.keyOf(subject));
    if (open) return void open.panel.reveal(undefined, true);
    const panel = this.#takePeeked();
    panel?.reveal(undefined, true);
    this.#peeked =
      panel ?? this.#create(title, { viewColumn: ViewColumn.Active, preserveFocus: true });
    this.#peeked.title = title;
    this.#adopt(this.#peeked, subject);
  }

  dispose(): void {
    this.#disposables.dispose();
    for (const { panel } of [...this.#open.values()]) panel.dispose();
  }

  /** In an untrusted workspace a tab of an earlier session stays empty until trust is granted. */
  #bringBack(panel: WebviewPanel, subject: Subject): void {
    if (workspace.isTrusted) return this.#adopt(panel, subject);
    const waiting = workspace.onDidGrantWorkspaceTrust(() => {
      waiting.dispose();
      this.#adopt(panel, subject);
    });
    panel.onDidDispose(() => {
      waiting.dispose();
    });
  }

  #create(title: string, place: Parameters<typeof window.createWebviewPanel>[2]): WebviewPanel {
    return window.createWebviewPanel(this.#kind.viewType, title, place);
  }

  /** The tab of the last peek, emptied; `null` when there is none. */
  #takePeeked(): WebviewPanel | null {
    const panel = this.#peeked;
    for (const [key, open] of this.#open) {
      if (open.panel !== panel) continue;
      this.#open.delete(key);
      open.content.dispose();
      open.closing.dispose();
    }
    return panel;
  }

  #adopt(panel: WebviewPanel, subject: Subject): void {
    const key = this.#kind.keyOf(subject);
    const content = this.#kind.fill(panel, subject);
    const closing = panel.onDidDispose(() => {
      if (panel === this.#peeked) this.#peeked = null;
      this.#open.delete(key);
      content.dispose();
    });
    this.#open.set(key, { panel, content, closing });
  }
}
