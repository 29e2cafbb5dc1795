import { branchOf, type ArchitectureEdit } from '../../../model/edits.ts';
import { helperOf } from '../../../model/ownLayers/ownLayer.ts';
import { ownLayersIn } from '../../../model/ownLayers/ownLayers.ts';
import { cannotEditError } from '../errors.ts';
import type { Reading } from '../read/reading.ts';
import { addBranch } from './branchEdit.ts';
import { setCompile } from './compileEdit.ts';
import { EditContext } from './editContext.ts';
import { functionalForm } from './functionalForm.ts';
import { insertFunctional } from './functionalEdits.ts';
import { insertHelper } from './helperEdit.ts';
import { removeFunctional } from './removeFunctional.ts';
import { removeArgument, replaceLayer, setArgument } from './layerEdits.ts';
import type { Patch } from './patch.ts';
import { insertSequential } from './sequentialEdits.ts';
import { removeSequential } from './removeSequential.ts';
import type { SourceWriter } from './sourceWriter.ts';

/** Writes edits into JavaScript and TypeScript. */
export class JavaScriptWriter implements SourceWriter {
  patches(reading: Reading, edit: ArchitectureEdit): readonly Patch[] {
    const context = new EditContext(reading);
    const brought = ownLayersIn(edit).flatMap((own) =>
      insertHelper(context, helperOf(own, 'javascript')),
    );
    return [...brought, ...this.#patches(context, edit)];
  }

  #patches(context: EditContext, edit: ArchitectureEdit): readonly Patch[] {
    switch (edit.kind) {
      case 'setCompile':
        return setCompile(context, edit);
      case 'setArgument':
        return setArgument(context, edit);
      case 'removeArgument':
        return removeArgument(context, edit);
      case 'replaceLayer':
        return replaceLayer(context, edit);
      case 'insertLayers':
        return structural(context, edit.after, {
          sequential: () => insertSequential(context, edit.after, edit.layers),
          functional: () => insertFunctional(context, edit.after, edit.layers),
        });
      case 'removeLayer':
        return structural(context, edit.layer, {
          sequential: () => removeSequential(context, edit.layer),
          functional: () => removeFunctional(context, edit.layer),
        });
      case 'addResidual':
      case 'addBranch':
        return addBranch(context, branchOf(edit));
    }
  }

  functionalForm(reading: Reading): readonly Patch[] {
    return functionalForm(new EditContext(reading));
  }
}

/** The patches for the way this layer is put into its model. */
function structural(
  { reading }: EditContext,
  at: number | 'input',
  ways: Readonly<Record<'sequential' | 'functional', () => readonly Patch[]>>,
): readonly Patch[] {
  const { style } = reading.architecture;
  if (style === 'opaque') throw cannotEditError('the layers of this builder cannot be followed');
  const site = at === 'input' ? undefined : reading.layers[at]?.site.kind;
  return site === 'item' || site === 'add' ? ways.sequential() : ways[style]();
}
