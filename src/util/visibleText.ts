/**
 * Control characters, and marks that turn the direction of writing around: with them a text from
 * outside could move the cursor, forge lines, or set a terminal's title and clipboard. Line feed
 * and tab are none (Unicode 16, general categories Cc and the bidirectional controls of Cf).
 */
const HIDDEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** What picocolors writes: bold, dim and six colours, and their ends. */
const OWN_STYLE = '\u001b\\[(?:0|1|2|22|3[1-6]|39)m';

const HIDDEN_BUT_STYLE = new RegExp(`${OWN_STYLE}|${HIDDEN.source}`, 'g');

/** A text of anybody's with every hidden character written out: `\u001b`. */
export const visibleText = (text: string): string => text.replaceAll(HIDDEN, written);

/** The same for a text with Cortex's own colours in it, which stay. */
export const visibleStyledText = (text: string): string =>
  text.replaceAll(HIDDEN_BUT_STYLE, (found) => (found.length > 1 ? found : written(found)));

const written = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
