import type { Tf } from '../tf.ts';

type Kernel = NonNullable<ReturnType<Tf['getKernel']>>;
type Gradient = ReturnType<Tf['getGradient']>;

/** The runtime's own arithmetic: one kernel, its gradient, or the backend itself was exchanged. */
export interface KernelGuard {
  /** What was exchanged, by name, after putting it back; `null` where nothing was. */
  restore(): string | null;
}

/**
 * Remembers which functions compute, by copies, for the runtime hands out its own records: a kernel
 * left behind would train the next variant, perhaps the one this is compared with.
 */
export function openKernelGuard(tf: Tf): KernelGuard {
  const backend = tf.getBackend();
  const kernels = tf.getKernelsForBackend(backend).map((kernel) => ({ ...kernel }));
  const gradients = kernels.map(({ kernelName }) => ({
    name: kernelName,
    gradient: copyOf(tf.getGradient(kernelName)),
  }));
  return {
    restore() {
      const switched = tf.getBackend() !== backend;
      if (switched) void tf.setBackend(backend);
      const replaced = kernels.filter(
        (kernel) => !isSame(tf.getKernel(kernel.kernelName, backend), kernel),
      );
      for (const kernel of replaced) putBack(tf, kernel);
      const bent = gradients.filter(
        ({ name, gradient }) => !isSame(tf.getGradient(name), gradient),
      );
      for (const { name, gradient } of bent) restoreGradient(tf, name, gradient);
      if (switched) return 'the backend';
      return replaced[0]
        ? `the kernel ${replaced[0].kernelName}`
        : bent[0]
          ? `the gradient of ${bent[0].name}`
          : null;
    },
  };
}

const copyOf = (gradient: Gradient | undefined): Gradient | undefined =>
  gradient && { ...gradient };

/** `undefined`: there is none, whatever the runtime's types say. */
function isSame<T extends object>(now: T | undefined, before: T | undefined): boolean {
  if (now === undefined || before === undefined) return now === before;
  return Object.entries(before).every(([key, value]) => now[key as keyof T] === value);
}

function putBack(tf: Tf, kernel: Kernel): void {
  if ((tf.getKernel(kernel.kernelName, kernel.backendName) as unknown) !== undefined)
    tf.unregisterKernel(kernel.kernelName, kernel.backendName);
  tf.registerKernel({ ...kernel });
}

function restoreGradient(tf: Tf, name: string, gradient: Gradient | undefined): void {
  if ((tf.getGradient(name) as unknown) !== undefined) tf.unregisterGradient(name);
  if (gradient) tf.registerGradient({ ...gradient });
}
