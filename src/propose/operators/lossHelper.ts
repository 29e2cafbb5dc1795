import type { Helper } from '../../model/edits.ts';

/**
 * A loss function as source text for every language; the JavaScript form is the TypeScript one
 * without its types, `ops` in Keras's is `keras.ops`, `F` in PyTorch's `torch.nn.functional`; in
 * PyTorch it takes the prediction first.
 */
export const lossHelper = (
  name: string,
  typescript: string,
  keras: string,
  torch?: string,
): Helper => ({
  name,
  source: {
    typescript,
    javascript: typescript.replace(/: tf\.Tensor/g, ''),
    keras,
    ...(torch !== undefined && { torch }),
  },
});
