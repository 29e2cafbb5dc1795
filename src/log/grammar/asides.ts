/** Keys of a dictionary that prints settings. */
const SETTING_KEY = /'(?:batch_size|num_epochs|epochs|optimizer|learning_rate|seed)':/;

/** The end of a progress bar, with its times. */
const BAR_END = /\|\s{0,9}\d{1,9}\/(?:\d{1,9}|\?) \[[^\]]{0,200}\]/g;

/** A line without what stands in it beside its report; offsets stay what they are. */
export const withoutAsides = (line: string): string =>
  withoutSettings(withoutBar(withoutWrapper(withoutWriter(plainOf(line)))));

/** `reward last 100 episodes: 3.5`: what a mean goes over is no counter. */
const WINDOW =
  /(?<= )(?:over )?(?:the )?(?:last|past) \d{1,6} (?:episodes|games|epochs|steps|batches|iterations)(?= {0,3}[:=])/gi;

const plainOf = (line: string): string =>
  line.replaceAll('\0', ' ').replace(WINDOW, (found) => ' '.repeat(found.length));

/** How the metric writer of CLU (Flax) names the step: `logging_writer.py:35] [10] loss=0.6`. */
const WRITER = /^.{0,60}writer\.py:\d{1,5}\] \[(\d{1,12})\](?= [\w/@.-]{1,99}=)/;
const STEP = 'step ';

/** The step that a metric writer names in brackets is called one. */
function withoutWriter(line: string): string {
  const [all = '', step = ''] = WRITER.exec(line) ?? [];
  if (all === '') return line;
  return `${STEP}${step} `.padStart(all.length) + line.slice(all.length);
}

/** What a library writes around a number: `tensor(0.3, device='cuda:0')`, `np.float32(0.3)`. */
const WRAPPER =
  /\b(?:tensor|array|(?:np\.|numpy\.)?float(?:16|32|64))\(([-+\d.e]{1,40})((?:,[^()]{0,200}(?:\([^()]{0,99}\))?)?\))/gi;

/** A number without what a library writes around it. */
const withoutWrapper = (line: string): string =>
  line.includes('(')
    ? line.replace(WRAPPER, (all, value: string, end: string) =>
        (' '.repeat(all.length - value.length - end.length) + value).padEnd(all.length),
      )
    : line;

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
