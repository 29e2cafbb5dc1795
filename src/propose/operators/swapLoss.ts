import type { Helper, LossSpec } from '../../model/edits.ts';
import type { Idea } from './operator.ts';
import { canCompile, type OperatorContext } from './operatorContext.ts';
import { lossName } from './task.ts';
import { compileWith } from './training.ts';

/** A loss to be tried, and the words for it. */
interface LossSwap {
  readonly loss: LossSpec;
  /** As people call it: `the Huber loss`. */
  readonly words: string;
  readonly why: string;
}

/**
 * The one idea of an operator that exchanges the loss; none where it is in use already, or where
 * the model file has no `tf`. A `val_loss` objective stays comparable: the trainer measures it by
 * the study's own loss, whatever a variant trains with.
 */
export function lossIdeas(
  context: OperatorContext,
  { loss, words, why }: LossSwap,
): readonly Idea[] {
  const { architecture } = context.network;
  const present = lossName(architecture);
  const inUse =
    loss.kind === 'named' ? present === loss.name : architecture.helpers.includes(loss.helper.name);
  const writable = canCompile(architecture) && (loss.kind === 'named' || context.hasRuntimeName);
  if (inUse || !writable) return [];
  return [
    {
      title: `Train with ${words}`,
      edits: [compileWith(context, { loss })],
      variantKey: loss.kind === 'named' ? loss.name : loss.helper.name,
      because: `${words}${present ? ` in place of ${present}` : ''} ${why}`,
    },
  ];
}

/**
 * A loss function as source text for both languages; the JavaScript form is the TypeScript one
 * without its types.
 */
export const lossHelper = (name: string, typescript: string): Helper => ({
  name,
  source: { typescript, javascript: typescript.replace(/: tf\.Tensor/g, '') },
});
