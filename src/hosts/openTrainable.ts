import type { Study } from '../study/study.ts';
import { fileName } from '../util/fileName.ts';
import { plural } from '../util/plural.ts';
import type { Attached, Engine, Observing } from './engine.ts';

/**
 * A study that is to be trained; where nothing says on what, the user's own script is run once up
 * to its call of `fit`, and `say` is told in a line what was learned.
 */
export async function openTrainable(
  engine: Engine,
  path: string,
  { say, ...observing }: Observing & { readonly say: (text: string) => void },
): Promise<Study> {
  const study = await engine.openStudy(path);
  const script = await engine.trainingScript(study);
  if (script === null) return study;
  const attached = await engine.attach(study, script, observing);
  for (const line of attachedLines(attached)) say(line);
  return engine.openStudy(path);
}

/** An agent's call: a script is watched as long as nobody says otherwise. */
export const watched = (
  signal: AbortSignal,
  say: (text: string) => void,
): Parameters<typeof openTrainable>[2] => ({ seconds: OBSERVE_SECONDS, signal, say });

/** How long a script is watched where nobody says otherwise. */
export const OBSERVE_SECONDS = 120;

/** What a model gives, for people. */
const OUTPUTS: Readonly<Record<Attached['task'], string>> = {
  classification: 'class',
  'multi-label': 'label',
  regression: 'output',
};

/** What was learned, for people: the first line says it all. */
export function attachedLines(attached: Attached): readonly string[] {
  const { rows, inputShape, outputUnits, task, epochs, batchSize, kept, leftOut } = attached;
  const parts = Object.entries(rows)
    .map(([name, count]) => (name === 'whole' ? plural(count, 'row') : `${count} rows to ${name}`))
    .join(', ')
    .replace('rows to train', 'rows to train on')
    .replace('rows to validation', 'to validate on');
  const outputs = plural(outputUnits, OUTPUTS[task]);
  return [
    `Learned from one run of ${fileName(attached.script)}: ${parts}, ` +
      `inputs [${inputShape.join(', ')}], ${outputs}; ${epochs} epochs, batch ${batchSize}; ` +
      `${attached.loss}, ${attached.optimizer ?? 'no optimizer'}.`,
    ...(kept.length > 0 ? [`Kept: ${kept.join(', ')}.`] : []),
    ...(leftOut.length > 0 ? [`Left out: ${leftOut.join(', ')}.`] : []),
    ...attached.notes,
    ...(attached.covered ? [] : ['What the script wrote went into its own folder.']),
    `Stored as ${attached.studyFile}; cortex.json goes before it.`,
  ];
}
