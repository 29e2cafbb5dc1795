import { Option } from 'commander';
import { FINDING_KINDS, NOTES } from '../../log/diagnosis.ts';

/**
 * `--focus <finding>`: what the log shows and the proposal has to answer, by the names that `cortex
 * diagnose` prints; notes are nothing to answer.
 */
export const focusOption = (): Option =>
  new Option(
    '--focus <finding>',
    'answer this finding of the log first, as `cortex diagnose` names it',
  ).choices(FINDING_KINDS.filter((kind) => !NOTES.includes(kind)));
