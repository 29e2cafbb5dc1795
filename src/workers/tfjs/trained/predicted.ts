import type { Work } from '../../../execution/protocol.ts';
import type { ExportedFile } from '../../../model/formats/exportFormat.ts';
import type { GuestLine } from '../guest/guestLine.ts';
import { openTensorScope } from '../tensorScope.ts';
import { LoadedElsewhere } from './loadedElsewhere.ts';
import { predictSaved, type Predicted, type Surroundings } from './predictSaved.ts';

interface Answering extends Surroundings {
  /** To a process of another library. */
  readonly line: GuestLine;
  /** Hears the files of the format that the model is written as. */
  readonly onFile: (file: ExportedFile) => void;
}

/**
 * Answers a `predict` request: here, where TensorFlow.js alone can load the model, else by the
 * library that its files are of, or beside the code of its builder; that library writes it in
 * another format, too.
 */
export async function predicted(
  request: Extract<Work, { type: 'predict' }>,
  { line, onFile, ...surroundings }: Answering,
): Promise<Predicted> {
  const { model } = request;
  const { tf, data, tensors } = surroundings;
  const isOurs = model.format === 'tfjs' || model.format === 'safetensors';
  const isHere = isOurs && model.source === undefined;
  const scope = openTensorScope(tf);
  const elsewhere =
    !isHere || model.writeAs ? await LoadedElsewhere.open(request, data, line) : null;
  try {
    if (elsewhere && model.writeAs) (await elsewhere.files()).forEach(onFile);
    return elsewhere && !isHere
      ? await elsewhere.predict()
      : await predictSaved(model, surroundings);
  } finally {
    elsewhere?.close();
    tensors.close();
    scope.close();
  }
}
