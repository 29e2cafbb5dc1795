interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension's side of a view, typed by the two directions of its messages. */
export interface HostLink<To, From> {
  readonly onMessage: (listen: (message: To) => void) => void;
  readonly send: (message: From) => void;
  /** What the user chose in the view; kept while it is hidden and over a reload of the window. */
  readonly loadOptions: <Options extends object>(defaults: Options) => Options;
  readonly saveOptions: (options: object) => void;
}

/** Connects the page with its extension; once a page. */
export function connectHost<To extends { readonly kind: string }, From>(): HostLink<To, From> {
  const api = acquireVsCodeApi();
  return {
    onMessage: (listen) => {
      window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (isMessage(data)) listen(data as unknown as To);
      });
    },
    send: (message) => {
      api.postMessage(message);
    },
    loadOptions: (defaults) => ({ ...defaults, ...sameTypes(api.getState(), defaults) }),
    saveOptions: (options) => {
      api.setState(options);
    },
  };
}

/**
 * Only the extension and VS Code's own frame can send here; a message of the frame has no `kind`.
 */
const isMessage = (data: unknown): data is { readonly kind: string } =>
  typeof data === 'object' && data !== null && 'kind' in data && typeof data.kind === 'string';

function sameTypes<Options extends object>(state: unknown, defaults: Options): Partial<Options> {
  if (typeof state !== 'object' || state === null) return {};
  const known = Object.entries(state).filter(
    ([key, value]) => key in defaults && typeof value === typeof defaults[key as keyof Options],
  );
  return Object.fromEntries(known) as Partial<Options>;
}
