import { WORKS } from './catalogue/works.ts';

/** A number of arXiv, with what people write before it. */
const IDENTIFIER = /(?:\barXiv[:\s]*|\barxiv\.org\/(?:abs|pdf)\/)(\d{4}\.\d{4,5})/gi;

const KNOWN = new Set(WORKS.map(({ identifier }) => identifier));

/** The arXiv numbers that a text cites and that no record of a work has, each once. */
const strangersIn = (text: string): readonly string[] => {
  const cited = [...text.matchAll(IDENTIFIER)].flatMap(([, number]) => number ?? []);
  return [...new Set(cited)].filter((number) => !KNOWN.has(`arXiv ${number}`));
};

/** A sentence for each citation of a text that is in no record: it may be invented. */
export const unknownCitations = (text: string): readonly string[] =>
  strangersIn(text).map(
    (number) =>
      `The text cites arXiv ${number}, which is in no record of works that Cortex has and was ` +
      'not looked up.',
  );

/** The text with the citations struck out (`~~arXiv 2401.00001~~`) that are in no record. */
export function withoutStrangers(text: string): string {
  const strangers = new Set(strangersIn(text));
  return text.replaceAll(IDENTIFIER, (cited, number: string) =>
    strangers.has(number) ? `~~${cited}~~` : cited,
  );
}
