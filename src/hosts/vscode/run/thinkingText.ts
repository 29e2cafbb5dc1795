/** What can be read of an answer while it is written. */
interface Thought {
  readonly title: string;
  readonly reasoning: string;
}

/**
 * Title and reasoning of an answer that may break off anywhere; prose around the JSON, or in its
 * place, is the reasoning.
 */
function readThought(answer: string): Thought {
  const [title, reasoning] = [stringAt(answer, 'title'), stringAt(answer, 'reasoning')];
  const prose = answer.split(/```|\{/, 1)[0]?.trim() ?? '';
  return { title, reasoning: [prose, reasoning].filter((part) => part !== '').join('\n\n') };
}

/** One line for the status bar: the end of what was written so far. */
export function thinkingStep(answer: string): string {
  const { title, reasoning } = readThought(answer);
  const line = reasoning.replace(/\s+/g, ' ').trim();
  const end = line.length > 40 ? `…${line.slice(-40)}` : line;
  return `thinking: ${end || title || `${answer.length} characters`}`;
}

/** The page of an answer as it grows. */
export function thinkingPage(answer: string): string {
  const { title, reasoning } = readThought(answer);
  const rest = title === '' && reasoning === '' ? answer : reasoning;
  return [title, rest].filter((part) => part !== '').join('\n\n');
}

/**
 * The value of a string in JSON text, also when its end is not there yet; empty where it has not
 * begun.
 */
function stringAt(json: string, key: string): string {
  const begin = new RegExp(`"${key}"\\s*:\\s*"`).exec(json);
  if (!begin) return '';
  const body =
    /^(?:[^"\\]|\\(?:u[0-9a-fA-F]{4}|[^u]))*/.exec(
      json.slice(begin.index + begin[0].length),
    )?.[0] ?? '';
  return unescape(body);
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '', b: '', f: '' };

const unescape = (body: string): string =>
  body.replace(
    /\\(?:u([0-9a-fA-F]{4})|(.))/gs,
    (_, code: string | undefined, letter: string | undefined) =>
      code === undefined
        ? (ESCAPES[letter ?? ''] ?? letter ?? '')
        : String.fromCharCode(Number.parseInt(code, 16)),
  );
