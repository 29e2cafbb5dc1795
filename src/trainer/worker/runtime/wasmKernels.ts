import type { Tf } from '../tf.ts';
import { conv2DBackpropFilter } from './kernels/conv2DBackpropFilter.ts';
import { depthwiseConv2dBackpropFilter } from './kernels/depthwiseConv2dBackpropFilter.ts';
import { depthwiseConv2dBackpropInput } from './kernels/depthwiseConv2dBackpropInput.ts';
import { einsum } from './kernels/einsum.ts';
import type { ComposedKernel } from './kernels/kernel.ts';
import { unsortedSegmentSum } from './kernels/unsortedSegmentSum.ts';

/** What training needs and tfjs-backend-wasm 4.22 lacks. */
const composed: readonly ComposedKernel[] = [
  conv2DBackpropFilter,
  depthwiseConv2dBackpropFilter,
  depthwiseConv2dBackpropInput,
  einsum,
  unsortedSegmentSum,
];

/** Gives the wasm backend its missing kernels, as compositions of kernels it has. Kernels it has by itself are left alone. */
export function registerWasmKernels(tf: Tf): void {
  for (const { name, compute } of composed) {
    if (tf.getKernel(name, 'wasm')) continue;
    tf.registerKernel({
      kernelName: name,
      backendName: 'wasm',
      kernelFunc: ({ inputs, attrs }) => tf.tidy(() => compute(tf, inputs, attrs ?? {})),
    });
  }
}
