import { Matrix, SVD } from 'ml-matrix';
import { chainOf } from './chain.ts';
import { asInTorch, layersInOrder } from './torchLayout.ts';
import type { TrainedModel, Weight } from './trainedModel.ts';

/** The kernels of dense layers, in the order of a chain, laid out as Keras has them. */
export function denseKernelsOf(model: TrainedModel): readonly Weight[] {
  const chain = isTorch(model) ? layersInOrder(model) : (chainOf(model) ?? []);
  return chain.flatMap(({ className, weights: [kernel] }) =>
    className === 'Dense' && kernel?.shape.length === 2 ? [kernel] : [],
  );
}

const isTorch = ({ facts }: TrainedModel): boolean => facts.framework === 'torch';

/**
 * The model with two kernels of a rank in the place of its `place`th dense one. By place: names
 * differ from seed to seed, libraries count what was built before.
 */
export function factored(model: TrainedModel, place: number, rank: number): TrainedModel {
  const kernel = denseKernelsOf(model)[place];
  const factors = kernel ? factorsOf(kernel, rank) : [];
  const own = isTorch(model) ? factors.map(asInTorch) : factors;
  const weights = model.weights.flatMap((weight) =>
    weight.name === kernel?.name ? own : [weight],
  );
  return { ...model, weights };
}

/**
 * Two kernels (inputs × rank, rank × units) whose product is as close to a kernel as any of that
 * rank (Eckart and Young 1936), each with the root of the singular values.
 */
export function factorsOf(kernel: Weight, rank: number): readonly [Weight, Weight] {
  const [inputs = 1, units = 1] = kernel.shape;
  const { leftSingularVectors, rightSingularVectors, diagonal } = new SVD(
    Matrix.from1DArray(inputs, units, kernel.values),
    { autoTranspose: true },
  );
  const into = new Float32Array(inputs * rank);
  const outOf = new Float32Array(rank * units);
  for (let place = 0; place < rank; place += 1) {
    const root = Math.sqrt(diagonal[place] ?? 0);
    for (let input = 0; input < inputs; input += 1)
      into[input * rank + place] = root * leftSingularVectors.get(input, place);
    for (let unit = 0; unit < units; unit += 1)
      outOf[place * units + unit] = root * rightSingularVectors.get(unit, place);
  }
  return [
    { ...kernel, name: `${kernel.name}.factor`, shape: [inputs, rank], values: into },
    { ...kernel, shape: [rank, units], values: outOf },
  ];
}
