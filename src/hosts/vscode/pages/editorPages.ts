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

/** Opens pages of one kind: a page that is open already is shown again. */
export class EditorPages<Subject> implements Disposable {
  readonly #kind: EditorPageKind<Subject>;
  readonly #open = new Map<string, WebviewPanel>();
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
    if (open) return void open.reveal();
    this.#adopt(window.createWebviewPanel(this.#kind.viewType, title, ViewColumn.Active), subject);
  }

  dispose(): void {
    this.#disposables.dispose();
    for (const panel of [...this.#open.values()]) panel.dispose();
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

  #adopt(panel: WebviewPanel, subject: Subject): void {
    const key = this.#kind.keyOf(subject);
    this.#open.set(key, panel);
    const content = this.#kind.fill(panel, subject);
    panel.onDidDispose(() => {
      this.#open.delete(key);
      content.dispose();
    });
  }
}
