import { Matrix, SVD } from 'ml-matrix';
import type { Weight } from './trainedModel.ts';

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
