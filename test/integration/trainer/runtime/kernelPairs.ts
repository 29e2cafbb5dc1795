import assert from 'node:assert/strict';
import type { Tensor, Tf } from '../../../../src/workers/tfjs/tf.ts';
import { registerCpuKernels } from '../../../../src/workers/tfjs/runtime/wasmKernels.ts';
import { runtimeForTests } from './runtimes.ts';

export const tf = await wasmWithCpu();

/** The runtime on WebAssembly, with the kernels of the cpu backend beside. */
async function wasmWithCpu(): Promise<Tf> {
  const { tf: runtime } = await runtimeForTests('wasm');
  registerCpuKernels(runtime);
  return runtime;
}

/** Numbers that repeat in no short cycle, between -1 and 1. */
export function values(shape: readonly number[]): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => Math.sin(i * 12.9898 + size)),
    [...shape],
  );
}

/**
 * Within 1e-5 of the largest number: what single precision leaves of sums taken in another order.
 */
export function assertClose(
  actual: ArrayLike<number> | undefined,
  expected: ArrayLike<number> | undefined,
): void {
  assert.ok(actual && expected && expected.length > 0);
  assert.equal(actual.length, expected.length);
  const scale = Math.max(...Array.from(expected, Math.abs), 1e-6);
  for (let i = 0; i < expected.length; i += 1) {
    const difference = Math.abs((actual[i] ?? NaN) - (expected[i] ?? NaN));
    assert.ok(
      difference <= 1e-5 * scale,
      `element ${i}: ${actual[i]} instead of ${expected[i]} (largest ${scale})`,
    );
  }
}
