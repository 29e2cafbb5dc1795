import type { LayerLens, Lens } from './lens.ts';
import { flopsText, memoryText, parametersText, shapeText } from './words.ts';
import { plural } from '../../util/plural.ts';

/**
 * `→ [26, 26, 8] · 80 params · 0.1 MFLOPs · ≈34 %`: what is known of a layer, with its share of the
 * time as estimated; `null` where nothing is. Short: VS Code cuts hints at 43 signs.
 */
export function layerText(
  { outputShape, parameters, flops }: LayerLens,
  { flops: total }: Lens,
): string | null {
  const parts = [
    ...(outputShape === 'unknown' ? [] : [`→ ${shapeText(outputShape)}`]),
    ...(parameters ? [`${parametersText(parameters)} params`] : []),
    ...(flops ? [flopsText(flops)] : []),
    ...(flops && total ? [`≈${shareText(flops / total)}`] : []),
  ];
  return parts.length > 0 ? parts.join(' · ') : null;
}

/** The same for a hover, as Markdown rows; what the source does not say is said to be unknown. */
export function layerRows(
  { layer, outputShape, parameters, flops }: LayerLens,
  { flops: total }: Lens,
): readonly string[] {
  const share =
    flops !== null && total
      ? `, about ${shareText(flops / total)} of the time ` +
        '(estimated from the FLOPs of a forward pass)'
      : '';
  return [
    `**${layer.type}** → ` +
      `${outputShape === 'unknown' ? 'output shape unknown' : `\`${shapeText(outputShape)}\``}`,
    parameters === null
      ? '- parameters unknown'
      : `- ${parametersText(parameters)} parameters, ${memoryText(parameters)}`,
    `- ${flops === null ? 'FLOPs unknown' : `${flopsText(flops)} an example, forward${share}`}`,
    ...(layer.conditional
      ? ['- written in a loop, a branch or a helper, or used twice: not followed']
      : []),
  ];
}

/**
 * `3 layers · 25,450 parameters · 99 KB · 0.9 s/epoch`; seconds where a training has shown them.
 */
export function summaryText({ layers, parameters }: Lens, secondsPerEpoch: number | null): string {
  const count = layers.filter(({ layer }) => layer.type !== 'inputLayer').length;
  const size =
    parameters === null ? [] : [`${parametersText(parameters)} parameters`, memoryText(parameters)];
  const speed = secondsPerEpoch === null ? [] : [`${secondsText(secondsPerEpoch)} s/epoch`];
  return [plural(count, 'layer'), ...size, ...speed].join(' · ');
}

const shareText = (share: number): string =>
  share < 0.01 ? '< 1 %' : `${Math.round(share * 100)} %`;

const secondsText = (seconds: number): string =>
  seconds >= 10 ? seconds.toFixed(0) : String(Number(seconds.toPrecision(1)));
