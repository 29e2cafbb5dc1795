import type { Tf } from '../tf.ts';
import { batchMatMul } from './kernels/batchMatMul.ts';
import { conv2DBackpropFilter } from './kernels/conv2DBackpropFilter.ts';
import { conv2DBackpropInput } from './kernels/conv2DBackpropInput.ts';
import { conv3DGradients } from './kernels/conv3D.ts';
import { depthwiseConv2dBackpropFilter } from './kernels/depthwiseConv2dBackpropFilter.ts';
import { depthwiseConv2dBackpropInput } from './kernels/depthwiseConv2dBackpropInput.ts';
import { einsum } from './kernels/einsum.ts';
import type { ComposedKernel, OriginalKernel } from './kernels/kernel.ts';
import { averagePoolingKernels, maxPoolingKernels } from './kernels/pooling.ts';
import { prelu } from './kernels/prelu.ts';
import { resizeNearestNeighborGrad } from './kernels/resizeNearestNeighborGrad.ts';
import { unsortedSegmentSum } from './kernels/unsortedSegmentSum.ts';

/** What training needs and tfjs-backend-wasm 4.22 lacks. */
const lackedByWasm: readonly ComposedKernel[] = [
  conv2DBackpropFilter,
  depthwiseConv2dBackpropFilter,
  depthwiseConv2dBackpropInput,
  einsum,
  unsortedSegmentSum,
];

/** What it has, with wrong results. */
const wrongOnWasm: readonly ComposedKernel[] = [
  ...maxPoolingKernels,
  ...averagePoolingKernels,
  ...conv3DGradients,
  prelu,
];

/** What it has, far slower than what it could do. */
const slowOnWasm: readonly ComposedKernel[] = [batchMatMul, conv2DBackpropInput];

/** What tfjs-backend-cpu 4.22 has, with wrong results. */
const wrongOnCpu: readonly ComposedKernel[] = [
  ...maxPoolingKernels,
  ...averagePoolingKernels,
  resizeNearestNeighborGrad,
];

/**
 * Gives the wasm backend the kernels it lacks, or has wrong or slow, written with operations it has
 * right.
 */
export function registerWasmKernels(tf: Tf): void {
  register(tf, 'wasm', [...lackedByWasm, ...wrongOnWasm, ...slowOnWasm]);
}

/** Replaces what the cpu backend has wrong. */
export function registerCpuKernels(tf: Tf): void {
  register(tf, 'cpu', wrongOnCpu);
}

function register(tf: Tf, backendName: string, kernels: readonly ComposedKernel[]): void {
  for (const { name, compute } of kernels) {
    const original = originalOf(tf, name, backendName);
    if (tf.getKernel(name, backendName)) tf.unregisterKernel(name, backendName);
    tf.registerKernel({
      kernelName: name,
      backendName,
      kernelFunc: ({ inputs, attrs }) => tf.tidy(() => compute(tf, inputs, attrs ?? {}, original)),
    });
  }
}

function originalOf(tf: Tf, name: string, backendName: string): OriginalKernel {
  const kernel = tf.getKernel(name, backendName);
  return (inputs, attrs) => {
    const result = kernel?.kernelFunc({ inputs, attrs, backend: tf.backend() });
    if (!result || Array.isArray(result))
      throw new Error(`The backend ${backendName} has no kernel ${name} with one result.`);
    return tf.engine().makeTensorFromTensorInfo(result);
  };
}
