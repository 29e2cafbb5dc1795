import { canonicalText } from '../../model/canonicalValues.ts';
import { flopsText, parametersText, shapeText } from '../../model/lens/words.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import { tagOf } from '../../record/kinds.ts';
import type { BuilderLens } from '../../loop/readLens.ts';
import { curveRun, runLabel, type CurvesDocument } from './curvesDocument.ts';
import { objectiveOf } from '../../record/objectives.ts';
import { alignLayers } from './alignLayers.ts';
import type { ComparedLayer, LayerRow } from './alignLayers.ts';
import { differencesOf } from './attemptDifferences.ts';
import type { ComparedAttempt, DifferenceRow } from './attemptDifferences.ts';
import { pairedRow } from './pairedRow.ts';
import type { PairedRow } from './pairedRow.ts';

/** Attempts side by side; the first is what the others are measured against. */
export interface CompareDocument {
  readonly study: string;
  readonly attempts: readonly {
    readonly id: string;
    readonly label: string;
    readonly verdict: string;
  }[];
  readonly layers: readonly LayerRow[];
  readonly differences: readonly DifferenceRow[];
  readonly paired: readonly PairedRow[];
  readonly curves: CurvesDocument;
}

/** Compares two or more attempts of one study. */
export function compareDocument(
  compared: readonly ComparedAttempt[],
  history: readonly AttemptSummary[],
): CompareDocument {
  const [first] = compared;
  return {
    study: first?.attempt.study ?? '',
    attempts: compared.map(({ summary }) => ({
      id: summary.id,
      label: runLabel(summary),
      verdict: tagOf(summary),
    })),
    layers: alignLayers(compared.map(({ lens }) => layersOf(lens))),
    differences: differencesOf(compared),
    paired: first ? compared.slice(1).map((other) => pairedRow(first, other, history)) : [],
    curves: {
      study: first?.attempt.study ?? '',
      objective: (first && objectiveOf(first.attempt.config)) ?? {
        metric: 'val_loss',
        direction: 'minimize',
      },
      runs: compared.map(({ summary, own }) => curveRun({ summary, roles: ['shown'] }, own)),
    },
  };
}

function layersOf(lens: BuilderLens | null): readonly ComparedLayer[] {
  if (!lens) return [];
  const written = lens.architecture.layers;
  return lens.lens.layers.map(({ layer, outputShape, parameters, flops }, index) => ({
    text: canonicalText(layer.type, written[index]?.arguments ?? layer.arguments),
    shape: shapeText(outputShape),
    parameters: parameters === null ? '?' : parametersText(parameters),
    flops: flops === null ? '?' : flopsText(flops),
  }));
}
