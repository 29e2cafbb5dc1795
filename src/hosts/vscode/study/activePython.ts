import { extensions, Uri } from 'vscode';

/** What is used of the Python extension's public API; of another maker, so nothing is certain. */
interface PythonApi {
  readonly environments?: {
    getActiveEnvironmentPath(resource: Uri): unknown;
    resolveEnvironment(path: unknown): Promise<Environment | undefined>;
  };
}

interface Environment {
  readonly executable?: { readonly uri?: { readonly fsPath?: unknown } };
}

/**
 * The interpreter that the user has chosen in the Python extension for a folder; `null` where that
 * extension is not there, or knows none.
 */
export async function activePython(folder: string): Promise<string | null> {
  const extension = extensions.getExtension<PythonApi | undefined>('ms-python.python');
  if (!extension) return null;
  try {
    const environments = (await extension.activate())?.environments;
    const path = environments?.getActiveEnvironmentPath(Uri.file(folder));
    const found = (await environments?.resolveEnvironment(path))?.executable?.uri?.fsPath;
    return typeof found === 'string' ? found : null;
  } catch {
    // It may fail; the project's own environments are looked at then.
    return null;
  }
}
