import type { TrainProgress, TrainRequest, TrainResult } from '../../../src/ports/trainer.ts';
import type { Failure, Trial } from '../../../src/record/trial.ts';

/** How good a variant is in the end, or how it fails. */
export type Quality = (request: TrainRequest, seed: number) => number | Failure['kind'];

const environment = { cortex: '0', runtime: 'fake', probe: {}, versions: {}, platform: 'fake' };

/**
 * Trains by a curve that falls to the quality of the variant, epoch by epoch, and ends where it is
 * told to: with a little noise that follows from the seed.
 */
export const curves =
  (quality: Quality) =>
  async (request: TrainRequest): Promise<TrainResult> => {
    const trials: Trial[] = [];
    for (const [seedIndex, seed] of request.seeds.entries()) {
      const trial = await trialOf(request, { seed, seedIndex }, quality(request, seed));
      trials.push(trial);
      request.onTrial?.(trial);
    }
    return { trials, parameters: 100, environment, dataHash: 'data' };
  };

async function trialOf(
  { study: { config }, signal, seeds, onProgress }: TrainRequest,
  { seed, seedIndex }: { readonly seed: number; readonly seedIndex: number },
  quality: number | Failure['kind'],
): Promise<Trial> {
  const curve: number[] = [];
  const failed = (kind: Failure['kind']): Trial => ({
    outcome: 'failed',
    failure: { kind, message: kind, line: null, stderr: [] },
    ...runOf(seed, curve),
  });
  if (typeof quality === 'string') return failed(quality);
  for (let epoch = 1; epoch <= config.epochs; epoch += 1) {
    await Promise.resolve();
    if (signal.aborted) return failed('cancelled');
    curve.push(quality + 1 / epoch + 0.001 * Math.sin(seed));
    const logs = { loss: curve.at(-1) ?? 0, val_loss: curve.at(-1) ?? 0 };
    const progress: TrainProgress = {
      ...{ seed, seedIndex, epoch, logs },
      ...{ seedCount: seeds.length, epochs: config.epochs, secondsLeft: null },
    };
    onProgress(progress);
  }
  const measures = { loss: curve.at(-1) ?? 0, val_loss: curve.at(-1) ?? 0, seconds: 1 };
  return { outcome: 'completed', measures, ...runOf(seed, curve) };
}

const runOf = (seed: number, curve: readonly number[]) => ({
  seed,
  curves: { loss: [...curve], val_loss: [...curve] },
  epochs: curve.length,
  seconds: { fit: 1, total: 1 },
});
