import type { ExportedFile } from '../model/formats/exportFormat.ts';

/** An export being written, under a name that nobody takes for the finished one. */
export interface StagedExport {
  /** Absolute folder of the files so far. */
  readonly path: string;
  add(file: ExportedFile): Promise<void>;
  /** Gives the folder its final name, all at once; rejects where something stands there by now. */
  publish(): Promise<void>;
  /** Takes everything away again; harmless once published. */
  discard(): Promise<void>;
}

/** Where exports are written. */
export interface ExportFolders {
  /** Rejects with an `input` error where `folder` holds anything. */
  stage(folder: string): Promise<StagedExport>;
}
