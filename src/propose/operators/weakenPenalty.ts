import { defineOperator } from './defineOperator.ts';
import { penaltiesOf, scalePenalties } from './weightPenalties.ts';

/** A lower penalty on the weights, or none. */
export const weakenPenalty = defineOperator({
  name: 'weaken-penalty',
  family: 'regularization',
  source: 'Krogh & Hertz, A Simple Weight Decay Can Improve Generalization, 1991',
  answers: { underfitting: 0.65, 'under-trained': 0.4, plateau: 0.2, overfitting: -0.8 },
  base: 0.12,
  gain: 0.2,
  ideas({ network }) {
    const penalties = penaltiesOf(network);
    const [first] = penalties;
    if (!first) return [];
    const what =
      `the ${first.kind.toUpperCase()} penalty from ${penalties.length} ` +
      `layer${penalties.length > 1 ? 's' : ''}`;
    return [
      ...scalePenalties(penalties, 0.1, 'the penalty holds weights back that the fit needs'),
      {
        title: `Remove ${what}`,
        edits: penalties.map(({ layer }) => ({
          kind: 'removeArgument',
          layer: layer.index,
          name: 'kernelRegularizer',
        })),
        variantKey: 'remove',
        because: `removing ${what} lets the weights grow as far as the fit needs`,
        fit: 0.9,
      },
    ];
  },
});
