import {
  EventEmitter,
  FileChangeType,
  FilePermission,
  FileSystemError,
  FileType,
  type Disposable,
  type FileChangeEvent,
  type FileStat,
  type FileSystemProvider,
  type Uri,
} from 'vscode';

interface MemoryFile {
  readonly text: string;
  readonly time: number;
  readonly isReadonly: boolean;
}

/**
 * The documents of open reviews, in memory only: a proposal never touches the disk or the user's
 * buffer.
 */
export class ReviewFiles implements FileSystemProvider, Disposable {
  readonly #files = new Map<string, MemoryFile>();
  readonly #changed = new EventEmitter<FileChangeEvent[]>();
  #time = Date.now();

  readonly onDidChangeFile = this.#changed.event;

  /** Writes a file from the side of Cortex; editors that show it and hold no edits follow. */
  put(uri: Uri, text: string, isReadonly = false): void {
    const type = this.#files.has(uri.path) ? FileChangeType.Changed : FileChangeType.Created;
    this.#files.set(uri.path, { text, isReadonly, time: ++this.#time });
    this.#changed.fire([{ type, uri }]);
  }

  /** Forgets a file. */
  remove(uri: Uri): void {
    if (this.#files.delete(uri.path)) this.#changed.fire([{ type: FileChangeType.Deleted, uri }]);
  }

  watch(): Disposable {
    return { dispose: () => undefined };
  }

  stat(uri: Uri): FileStat {
    const { text, time, isReadonly } = this.#read(uri);
    const stat = { type: FileType.File, ctime: time, mtime: time, size: Buffer.byteLength(text) };
    return isReadonly ? { ...stat, permissions: FilePermission.Readonly } : stat;
  }

  readFile(uri: Uri): Uint8Array {
    return new TextEncoder().encode(this.#read(uri).text);
  }

  writeFile(uri: Uri, content: Uint8Array): void {
    if (this.#read(uri).isReadonly) throw FileSystemError.NoPermissions(uri);
    this.put(uri, new TextDecoder().decode(content));
  }

  readDirectory(): [string, FileType][] {
    return [];
  }

  createDirectory(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  delete(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  rename(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #read(uri: Uri): MemoryFile {
    const file = this.#files.get(uri.path);
    if (!file) throw FileSystemError.FileNotFound(uri);
    return file;
  }
}
