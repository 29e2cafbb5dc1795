import type { TrainRequest, TrainResult } from '../../../src/ports/trainer.ts';

/** The units of the hidden layer, which say how good it is. */
export const unitsOf = ({ variant }: TrainRequest): number =>
  Number(/units: (\d+)/.exec(variant.text)?.[1]);

/** Trains by table: units → val_loss of seeds 1, 2, 3 … */
export const noisy =
  (table: Readonly<Record<number, readonly number[]>>) =>
  (request: TrainRequest): Promise<TrainResult> =>
    Promise.resolve({
      trials: request.seeds.map((seed) => {
        const metric = table[unitsOf(request)]?.[seed - 1] ?? NaN;
        const { epochs } = request.study.config;
        return {
          outcome: 'completed',
          seed,
          measures: { val_loss: metric },
          curves: { val_loss: Array.from({ length: epochs }, () => metric) },
          epochs,
          seconds: { fit: 1, total: 1 },
        };
      }),
      parameters: unitsOf(request),
      environment: { cortex: '0', runtime: 'fake', probe: {}, versions: {}, platform: 'fake' },
      dataHash: 'data',
    });

/** The learning rate that is written, or the usual one. */
export const rateOf = ({ variant }: TrainRequest): number =>
  Number(/adam\(([\d.e-]+)\)/.exec(variant.text)?.[1] ?? 0.001);

/** val_loss falls with the learning rate, up to `best`. */
export const rated =
  (best: number) =>
  (request: TrainRequest): Promise<TrainResult> =>
    noisy({
      8: [1, 1.1, 0.9, 1.05, 0.95, 1].map((value) =>
        rateOf(request) <= best ? value - 50 * rateOf(request) : 9,
      ),
    })(request);
