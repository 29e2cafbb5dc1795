import { Uri, type Disposable, type Webview } from 'vscode';
import type { Host } from '../host.ts';
import { pageHtml } from './pageHtml.ts';
import type { MessageOf, PageName } from './pageMessages.ts';

/** What a page is made of. */
export interface Page<Name extends PageName> {
  /** Of its bundle in `dist/webview`. */
  readonly name: Name;
  /** For screen readers. */
  readonly title: string;
  /** A message that is what it should be; others are logged and dropped. */
  readonly onMessage: (message: MessageOf<Name>) => Promise<void> | void;
}

/**
 * Fills a webview with one of Cortex's pages: its own script and style sheet, nothing else, and
 * nothing from anywhere else.
 */
export function openPage<Name extends PageName>(
  webview: Webview,
  { name, title, onMessage }: Page<Name>,
  { extensionUri, log, commands, pageMessages }: Host,
): Disposable {
  const folder = Uri.joinPath(extensionUri, 'dist', 'webview');
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  const receive = async (data: unknown): Promise<void> => {
    const message = (await pageMessages())[name].safeParse(data);
    if (message.success) await onMessage(message.data as MessageOf<Name>);
    else log.warn(`The ${name} page sent what it should not: ${message.error.message}`);
  };
  const subscription = webview.onDidReceiveMessage((data: unknown) => {
    void commands.run(`${name} page`, () => receive(data));
  });
  const addressOf = (file: string): string =>
    webview.asWebviewUri(Uri.joinPath(folder, file)).toString();
  webview.html = pageHtml({
    title,
    source: webview.cspSource,
    script: addressOf(`${name}.js`),
    style: addressOf(`${name}.css`),
  });
  return subscription;
}
