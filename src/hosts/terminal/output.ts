import type { z } from 'zod';
import { CONTRACT_VERSION } from '../../show/documents/contractVersion.ts';
import { documents } from '../../show/documents/contract.ts';
import { visibleStyledText, visibleText } from '../../util/visibleText.ts';
import type { DeepReadonly } from '../../util/deepReadonly.ts';

type Documents = typeof documents;

/** Where a command's result goes: text for people, or one JSON document. */
export interface Output {
  readonly format: 'text' | 'json';
  /** Prints a line for people; nothing in JSON format. */
  print(line: string): void;
  /** Writes a document that is in another format, as it is. */
  raw(text: string): void;
  /** Prints the one JSON document, validated against the contract; nothing in text format. */
  document<K extends keyof Documents>(
    kind: K,
    value: DeepReadonly<Omit<z.infer<Documents[K]>, 'version'>>,
  ): void;
}

/** Writes to a stream such as standard output. */
export function createOutput(format: Output['format'], write: (text: string) => void): Output {
  return {
    format,
    print: (line) => {
      if (format === 'text') write(`${visibleStyledText(line)}\n`);
    },
    raw: write,
    document: (kind, value) => {
      if (format === 'text') return;
      const document = documents[kind].parse({ version: CONTRACT_VERSION, ...value });
      // Line feeds are JSON's own: those in texts are escaped by `stringify`.
      write(`${visibleText(JSON.stringify(document, null, 2))}\n`);
    },
  };
}
