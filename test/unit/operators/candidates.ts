import assert from 'node:assert/strict';
import type { Candidate } from '../../../src/propose/operators/operator.ts';
import { OPERATORS } from '../../../src/propose/operators/operators.ts';
import { contextFor, sequential, type Written } from './architectures.ts';

export const dense = (units: number, more: Written[1] = {}): Written => [
  'dense',
  { units, activation: 'relu', ...more },
];

export const output: Written = ['dense', { units: '=outputUnits' }];

export const mlp = sequential([dense(16, { inputShape: '=inputShape' }), dense(8), output]);

export function candidates(
  name: string,
  ...request: Parameters<typeof contextFor>
): readonly Candidate[] {
  const operator = OPERATORS.find((other) => other.name === name);
  assert.ok(operator, `no operator ${name}`);
  return operator.candidates(contextFor(...request));
}

export const edits = (name: string, ...request: Parameters<typeof contextFor>) =>
  candidates(name, ...request).map((candidate) => candidate.edits);
