/**
 * A text from outside as one short line for labels and buttons: no line breaks, no `$(icon)`, no
 * link, cut at a word.
 */
export function plainLabel(text: string, length: number): string {
  const line = plainMessage(text.replace(/\s+/g, ' ').replaceAll('$(', '(').trim());
  if (line.length <= length) return line;
  const cut = line.slice(0, length - 1);
  const space = cut.lastIndexOf(' ');
  return `${space > length / 2 ? cut.slice(0, space) : cut}…`;
}

/** The first sentence of a text, as a language splits them: not at a number's point. */
export function firstSentence(text: string): string {
  const [sentence] = new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text);
  return (sentence?.segment ?? text).trim();
}

/** A sentence without its ` (2 shared seeds, 98 % interval …)`. */
export const withoutStatistics = (sentence: string): string =>
  sentence.replaceAll(/ \([^()]*\b(?:interval|seed)\b[^()]*\)/g, '');

/**
 * A text from outside for a notification, in which VS Code makes links of `[text](address)`, also
 * ones that run a command: none is left.
 */
export const plainMessage = (text: string): string => text.replaceAll('](', '] (');

/**
 * A text from outside as literal Markdown: nothing in it becomes a link, an image, HTML or a
 * command.
 */
export const escapeMarkdown = (text: string): string =>
  text
    .replace(/[\\`*_{}[\]()#+\-.!|~$]/g, String.raw`\$&`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/@/g, '&#64;');
