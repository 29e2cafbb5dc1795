import { ProgressLocation, window, type Progress } from 'vscode';

/** Work that a person waits for, with a button that ends it. */
export const withProgress = async <Result>(
  title: string,
  work: (signal: AbortSignal, progress: Progress<{ readonly message: string }>) => Promise<Result>,
): Promise<Result> =>
  window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => {
        controller.abort();
      });
      return work(controller.signal, progress);
    },
  );
