import type { Tf } from './tf.ts';

/**
 * Opens a scope for one trial. `close` disposes of every tensor and variable made since that is
 * still alive, whoever made it: the model's, the optimiser's, the user's code's.
 */
export function openTensorScope(tf: Tf): { readonly close: () => void } {
  const engine = tf.engine();
  const before = new Set(Object.keys(engine.registeredVariables));
  engine.startScope('trial');
  return {
    close: () => {
      for (const [name, variable] of Object.entries(engine.registeredVariables))
        if (!before.has(name)) variable.dispose();
      engine.endScope();
    },
  };
}
