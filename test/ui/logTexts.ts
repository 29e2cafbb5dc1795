/** Epochs of a log of `linesTo`. */
export const epochs = 24;

/** The epoch with the lowest val_loss. */
export const lowest = 9;

/** Loss falls on, val_loss turns at epoch nine. */
export function overfitLine(epoch: number): string {
  return `Epoch ${epoch}/${epochs} - 1s 12ms/step - ${overfitValues(epoch)}`;
}

/** Line n is epoch n. */
export const linesTo = (last: number): string =>
  Array.from({ length: last }, (_, index) => `${overfitLine(index + 1)}\n`).join('');

/**
 * The same with a progress bar that goes back to the start of its line: epoch n stands in line 2n
 * of the file, and in its line 5n of an editor.
 */
export const barsTo = (last: number): string =>
  Array.from({ length: last }, (_, index) => barOf(index + 1)).join('');

function barOf(epoch: number): string {
  const steps = [11, 22].map((step) => `${step}/34 [=====>........] - ETA: 0s - loss: 2.5000`);
  return (
    'Epoch ' +
    `${epoch}/${epochs}\n${['', ...steps, `34/34 [==============] - 1s 12ms/step - ${overfitValues(epoch)}`].join('\r')}\n`
  );
}

/** The values of an epoch, as Keras prints them. */
export function overfitValues(epoch: number): string {
  const wobble = (scale: number): number => scale * Math.sin(epoch * 2.3);
  const loss = 2.1 * 0.82 ** epoch + 0.02 + wobble(0.002);
  const valLoss =
    0.55 + (epoch < lowest ? 0.16 * (lowest - epoch) : 0.03 * (epoch - lowest)) + wobble(0.003);
  return (
    `loss: ${loss.toFixed(4)} - accuracy: ${(1 - loss / 3).toFixed(4)} - val_loss: ` +
    `${valLoss.toFixed(4)} - val_accuracy: ${(1 - valLoss / 3).toFixed(4)}`
  );
}
