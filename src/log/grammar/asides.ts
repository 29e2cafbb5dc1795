/** Keys of a dictionary that prints settings. */
const SETTING_KEY = /'(?:batch_size|num_epochs|epochs|optimizer|learning_rate|seed)':/;

/** The end of a progress bar, with its times. */
const BAR_END = /\|\s{0,9}\d{1,9}\/(?:\d{1,9}|\?) \[[^\]]{0,200}\]/g;

/** A line without what stands in it beside its report; offsets stay what they are. */
export const withoutAsides = (line: string): string => withoutSettings(withoutBar(line));

/** What a program prints while a bar is drawn stands right behind the bar. */
function withoutBar(line: string): string {
  if (!line.includes('%|') && !line.includes('/? [')) return line;
  const ends = [...line.matchAll(BAR_END)].map((match) => match.index + match[0].length);
  const end = ends.at(-1) ?? 0;
  return /[\p{L}]/u.test(line.slice(end)) ? ' '.repeat(end) + line.slice(end) : line;
}

/** Without a dictionary of settings in a line that says more. */
function withoutSettings(line: string): string {
  const from = line.indexOf("{'");
  const to = from < 0 ? -1 : line.indexOf('}', from) + 1;
  if (to <= 0 || !/\w/.test(line.slice(to))) return line;
  const settings = line.slice(from, to);
  const isAlone = settings.lastIndexOf('{') === 0 && !/[{}]/.test(line.slice(to));
  return isAlone && SETTING_KEY.test(settings)
    ? line.slice(0, from) + ' '.repeat(to - from) + line.slice(to)
    : line;
}
