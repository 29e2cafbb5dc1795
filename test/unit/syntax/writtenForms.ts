import type { ArchitectureEdit } from '../../../src/model/edits.ts';
import { changedLines, fixture, loadSyntax, writeOk } from './support.ts';

export const syntax = await loadSyntax();

export const fallback = {
  optimizer: { type: 'adam', learningRate: 0.001 },
  loss: 'meanSquaredError',
} as const;

export const change = (name: string, ...edits: ArchitectureEdit[]): string[] => {
  const source = fixture(name);
  return changedLines(source.text, writeOk(syntax, source, edits));
};
