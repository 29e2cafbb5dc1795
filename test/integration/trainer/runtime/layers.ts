import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { seedRuntime } from '../../../../src/workers/tfjs/runtime/determinism.ts';
import { registerCpuKernels } from '../../../../src/workers/tfjs/runtime/wasmKernels.ts';
import type { RuntimeName } from '../../../../src/workers/tfjs/runtime/runtime.ts';
import type { Tf } from '../../../../src/workers/tfjs/tf.ts';
import { activations, firstStep, modelOf } from './layerModels.ts';
import { layerCases } from './layerCases.ts';
import { runtimeForTests } from './runtimes.ts';

/**
 * Declares one test per kind of layer: a training step on the runtime's backend has the loss and
 * gradients it has on the cpu backend.
 */
export function testLayers(name: RuntimeName, skip: string | false = false): void {
  describe(`every kind of layer trains on ${name} as on the cpu backend`, { skip }, () => {
    let tf: Tf;

    before(async () => {
      ({ tf } = await runtimeForTests(name));
      registerCpuKernels(tf);
    });

    const dense = activations.map(
      (activation) =>
        [
          `activation ${activation}`,
          {
            input: [5],
            layers: (runtime: Tf) => [
              runtime.layers.dense({ units: 4, activation: activation as 'relu' }),
            ],
          },
        ] as const,
    );
    for (const [title, layerCase] of [...Object.entries(layerCases), ...dense]) {
      test(title, async () => {
        const step = async (backend: string): Promise<number[][]> => {
          await tf.setBackend(backend);
          seedRuntime(tf, 7);
          return firstStep(
            tf,
            modelOf(tf, layerCase),
            'vocabulary' in layerCase ? layerCase.vocabulary : undefined,
          );
        };
        const own = tf.getBackend();
        const [expected, actual] = [await step('cpu'), await step(own)];
        assertSameSteps(actual, expected);
      });
    }
  });
}

/**
 * Within 1e-5 of the model's largest gradient: some weights' true gradient is zero, and rounding is
 * all there is to compare.
 */
function assertSameSteps(actual: readonly number[][], expected: readonly number[][]): void {
  assert.deepEqual(
    actual.map((numbers) => numbers.length),
    expected.map((numbers) => numbers.length),
  );
  const scale = Math.max(...expected.flat().map(Math.abs));
  assert.ok(scale > 0);
  const differences = expected.map((numbers, weight) =>
    Math.max(...numbers.map((number, i) => Math.abs(number - (actual[weight]?.[i] ?? NaN)))),
  );
  assert.ok(
    differences.every((difference) => difference <= 1e-5 * scale),
    `largest differences by weight ${differences.join(', ')}; largest gradient ${scale}`,
  );
}
