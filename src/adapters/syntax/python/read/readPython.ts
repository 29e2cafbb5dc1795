import type { CortexError } from '../../../../util/errors.ts';
import type { BuilderChoice } from '../../../../model/modelFile.ts';
import { ok } from '../../../../util/result.ts';
import type { Result } from '../../../../util/result.ts';
import { Lines } from '../../read/lines.ts';
import type { ClassStatement, PythonModule } from '../code/tree.ts';
import { architectureOf } from './architectureOf.ts';
import { candidatesIn } from './candidates.ts';
import type { MaybeBuilder } from './candidates.ts';
import { chooseBuilder } from './chooseBuilder.ts';
import type { Shown } from './chooseBuilder.ts';
import { followBuilder } from './followBuilder.ts';
import { Interpreter } from './interpreter.ts';
import { ArgumentReader } from './readArguments.ts';
import type { PythonReading } from './reading.ts';
import { Scope } from './scope.ts';
import { scriptModel } from './scriptModel.ts';

/** Finds the builder of a Python file, follows it, and says what it builds. */
export function readPython(
  module: PythonModule,
  names: readonly string[],
  choice: BuilderChoice,
): Result<PythonReading, CortexError> {
  const lines = new Lines(module.text);
  const candidates = candidatesIn(module);
  const script = openFile(module, lines);
  const shown: Shown = {
    classes: madeClasses(script.interpreter),
    script: scriptModel(module, script)?.candidate ?? null,
    makes: (candidate) => makesModel(module, lines, candidate),
  };
  const chosen = chooseBuilder(module, candidates, { names, choice, shown });
  if (!chosen.ok) return chosen;
  const builder = chosen.value;
  const opened = builder.kind === 'script' ? script : openFile(module, lines);
  const outcome = followBuilder(opened, builder);
  return ok(architectureOf({ module, lines, builder, outcome, opened, script, choice }));
}

/** A file after it has been run. */
interface OpenedFile {
  readonly module: PythonModule;
  readonly interpreter: Interpreter;
  readonly scope: Scope;
}

function openFile(module: PythonModule, lines: Lines): OpenedFile {
  const interpreter = new Interpreter(new ArgumentReader(module.text, lines));
  const scope = new Scope(null);
  scope.assign('__name__', { kind: 'constant', value: '__main__' });
  interpreter.module(module.statements, scope);
  return { module, interpreter, scope };
}

const madeClasses = ({ ledger }: Interpreter): readonly ClassStatement[] =>
  ledger.made.flatMap((one) => (one.kind === 'instance' ? [one.type.statement] : []));

/** Whether following a function ends in a model with layers. */
function makesModel(module: PythonModule, lines: Lines, candidate: MaybeBuilder): boolean {
  const opened = openFile(module, lines);
  const { model, layers } = followBuilder(opened, candidate);
  return model !== null && layers.length > 1;
}
