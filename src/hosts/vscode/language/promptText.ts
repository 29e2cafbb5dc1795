import { estimateTokens } from '../../../propose/prompt/quote.ts';
import type { WaitingPrompt } from './promptConsent.ts';

/**
 * The page a user reads before anything is sent: to whom, how much, what the whole run would take,
 * and every word of it.
 */
export function promptText(
  { destination, question: { system, prompt } }: WaitingPrompt,
  forecast: string | null,
): string {
  return [
    `What will be sent to ${destination}`,
    '',
    `About ${estimateTokens(system + prompt)} tokens. Nothing was sent yet: choose Send or ` +
      'Use Offline above.',
    ...(forecast === null ? [] : [sentenceALine(forecast)]),
    'Later requests of this workspace to the same model look alike and go without asking.',
    '"Cortex: Show What Will Be Sent" asks again.',
    '',
    '──────── instructions ────────',
    system,
    '',
    '──────── question ────────',
    prompt,
    '',
  ].join('\n');
}

/** The page is plain text, and its lines do not wrap. */
const sentenceALine = (text: string): string => text.replaceAll(/([.;]) (?=\w)/g, '$1\n');
