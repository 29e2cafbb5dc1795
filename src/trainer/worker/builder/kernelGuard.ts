import type { Tf } from '../tf.ts';

type Kernel = NonNullable<ReturnType<Tf['getKernel']>>;

/** The runtime's own arithmetic: one kernel, its gradient, or the backend itself was exchanged. */
export interface KernelGuard {
  /** What was exchanged, by name, after putting it back; `null` where nothing was. */
  restore(): string | null;
}

/** Remembers which functions compute: a kernel left behind would train the next variant, perhaps the one this is compared with. */
export function openKernelGuard(tf: Tf): KernelGuard {
  const backend = tf.getBackend();
  const kernels = new Map(tf.getKernelsForBackend(backend).map((kernel) => [kernel.kernelName, kernel]));
  const gradients = new Map([...kernels.keys()].map((name) => [name, tf.getGradient(name)]));
  return {
    restore() {
      const switched = tf.getBackend() !== backend;
      if (switched) void tf.setBackend(backend);
      const replaced = [...kernels.values()].filter((kernel) => tf.getKernel(kernel.kernelName, backend).kernelFunc !== kernel.kernelFunc);
      for (const kernel of replaced) putBack(tf, kernel);
      const bent = [...gradients].filter(([name, gradient]) => tf.getGradient(name) !== gradient);
      for (const [name, gradient] of bent) restoreGradient(tf, name, gradient);
      if (switched) return 'the backend';
      return replaced[0] ? `the kernel ${replaced[0].kernelName}` : bent[0] ? `the gradient of ${bent[0][0]}` : null;
    },
  };
}

function putBack(tf: Tf, kernel: Kernel): void {
  tf.unregisterKernel(kernel.kernelName, kernel.backendName);
  tf.registerKernel(kernel);
}

function restoreGradient(tf: Tf, name: string, gradient: ReturnType<Tf['getGradient']>): void {
  tf.unregisterGradient(name);
  // Without one before, there is none after.
  if ((gradient as unknown) !== undefined) tf.registerGradient(gradient);
}
