import { sizeOf, type StudyData } from './types.ts';

const MOST_ROWS = 64;
const FEWEST_STEPS = 4;

/**
 * At each step the next one is asked for: every target is the input a step later, as in a text
 * whose characters are foretold. A model that looks ahead there reads the answer.
 */
export function foretells(data: StudyData): boolean {
  const [input, ...others] = data.inputs;
  const [output, ...more] = data.outputs;
  if (data.kind === 'streams' || !input || !output || others.length + more.length > 0) return false;
  const steps = sizeOf(input.shape);
  if (steps < FEWEST_STEPS || output.width !== steps) return false;
  const { inputs, targets, rows } = data.train;
  const looked = Math.min(rows, MOST_ROWS) * steps;
  for (let at = 0; at < looked; at += 1)
    if ((at + 1) % steps !== 0 && targets[at] !== inputs[at + 1]) return false;
  return new Set(inputs.subarray(0, looked)).size > 1;
}
