import type { Call, ClassStatement, FunctionStatement, PythonModule } from '../code/tree.ts';
import { ancestors } from './applyModels.ts';
import type { MaybeBuilder } from './candidates.ts';
import { memberOf } from './classes.ts';
import { ownParameters } from './ownParameters.ts';
import type { Interpreter } from './interpreter.ts';
import type { Placing } from './ledger.ts';
import type { Obstacle } from './reading.ts';
import type { Scope } from './scope.ts';
import { scriptModel } from './scriptModel.ts';
import { callsIn } from './walk.ts';
import { NOTHING, tensorsIn, unknown } from './values.ts';
import type {
  Py,
  FunctionValue,
  InstanceValue,
  GivenValue,
  Given,
  Framework,
  ModelDraft,
} from './py.ts';

/** What following a builder has shown. */
export interface Outcome {
  readonly model: ModelDraft | null;
  readonly layers: readonly Placing[];
  readonly framework: Framework;
  readonly obstacles: readonly Obstacle[];
}

interface Opened {
  readonly module: PythonModule;
  readonly interpreter: Interpreter;
  readonly scope: Scope;
}

/** Follows a builder in a file that has been run. */
export function followBuilder(opened: Opened, builder: MaybeBuilder): Outcome {
  const { module, interpreter } = opened;
  if (builder.kind === 'script') {
    interpreter.inBuilder = true;
    const model = scriptModel(module, opened)?.model;
    return outcomeOf(interpreter, model ? { kind: 'model', model } : unknown(builder.name));
  }
  const self = builder.owner ? instanceOf(opened, builder.owner) : null;
  if (builder.outer) runOuter(opened, builder.outer);
  interpreter.startBuilder();
  const made =
    builder.kind === 'class' && builder.statement?.kind === 'class'
      ? instanceOf(opened, builder.statement)
      : resultOf(opened, builder, self);
  return outcomeOf(interpreter, made ?? unknown(builder.name));
}

/** What a function gives back, or leaves in `self`. */
function resultOf(opened: Opened, builder: MaybeBuilder, self: Py | null): Py | null {
  const { interpreter } = opened;
  const callee = functionOf(opened, builder, self);
  if (!callee) return null;
  const first = interpreter.firstCalls.get(callee.code) ?? writtenCall(opened, builder.name);
  const own = withoutSelf(callee);
  const result = interpreter.invoke(callee, ownParameters(interpreter, { callee: own, first }));
  const model = modelIn(result);
  if (model) return model;
  const kept = self?.kind === 'instance' ? [...self.attributes.values()].findLast(isModel) : null;
  return kept ?? (tensorsIn(result).length > 0 ? result : (interpreter.ledger.made.at(-1) ?? null));
}

/** The function without the parameter that its `self` takes. */
const withoutSelf = (callee: FunctionValue): FunctionValue =>
  callee.self === null
    ? callee
    : { ...callee, code: { ...callee.code, parameters: callee.code.parameters.slice(1) } };

const isModel = (value: Py): boolean =>
  value.kind === 'model' || (value.kind === 'instance' && value.framework !== null);

/** The model in what a builder gives back: itself, or the first in a tuple. */
function modelIn(value: Py): Py | null {
  if (isModel(value)) return value;
  if (value.kind !== 'list') return null;
  return value.items.map(modelIn).find((found) => found !== null) ?? null;
}

function functionOf(
  { interpreter, scope }: Opened,
  builder: MaybeBuilder,
  self: Py | null,
): FunctionValue | null {
  const type = builder.owner ? scope.read(builder.owner.name) : null;
  const object = self ?? type;
  if (object) {
    const method = interpreter.attribute(object, builder.name, builder.name);
    return method.kind === 'function' ? method : null;
  }
  const statement = builder.statement?.kind === 'function' ? builder.statement : null;
  return (statement && interpreter.functions.get(statement)) ?? null;
}

/** An instance as the script makes it, else with what `__init__` takes by default. */
function instanceOf(opened: Opened, statement: ClassStatement): Py | null {
  const { interpreter, scope } = opened;
  const value = scope.read(statement.name);
  if (value.kind !== 'class' || value.statement !== statement) return null;
  const first = interpreter.firstCalls.get(statement) ?? writtenCall(opened, statement.name);
  const init = memberOf(value, '__init__');
  const own: Given =
    init?.kind === 'function'
      ? ownParameters(interpreter, {
          callee: {
            ...init,
            code: { ...init.code, parameters: init.code.parameters.slice(1) },
          },
          first,
        })
      : (first ?? NOTHING);
  return interpreter.call(value, { call: synthetic(statement), given: own });
}

/** What the file hands to a function or class somewhere, in code that the script does not run. */
function writtenCall({ interpreter, scope, module }: Opened, name: string): Given | undefined {
  const call = module.statements
    .flatMap(callsIn)
    .find(({ callee }) => callee.kind === 'name' && callee.name === name);
  return call && interpreter.given(call, scope);
}

/** Runs the function around a nested builder, so that the builder is defined. */
function runOuter(opened: Opened, outer: FunctionStatement): void {
  const callee = opened.interpreter.functions.get(outer);
  const first = callee && opened.interpreter.firstCalls.get(callee.code);
  if (callee && !first)
    opened.interpreter.invoke(callee, ownParameters(opened.interpreter, { callee, first }));
}

const synthetic = ({
  span,
  name,
}: ClassStatement | { span: Call['span']; name: string }): Call => ({
  kind: 'call',
  span,
  callee: { kind: 'name', span, name },
  arguments: [],
  argumentsSpan: { start: span.end, end: span.end },
});

function outcomeOf(interpreter: Interpreter, made: Py): Outcome {
  const { ledger } = interpreter;
  const outputs = outputsOf(interpreter, made);
  const found = tensorsIn(outputs).filter((layer) => layer >= 0);
  const model = found.length > 0 ? modelOf(interpreter, made, found) : null;
  const kept = model ? ancestors(ledger.layers, found) : ledger.layers.map((_, index) => index);
  const layers = kept.flatMap((index) => {
    const layer = ledger.layers[index];
    if (!layer) return [];
    const inputs = layer.inputs.map((input) => kept.indexOf(input));
    return [{ ...layer, inputs, uncertain: layer.uncertain || model === null }];
  });
  const torch = layers.filter(({ draft }) => draft.framework === 'torch').length;
  return {
    model,
    layers,
    framework: torch * 2 > layers.length ? 'torch' : 'keras',
    obstacles: ledger.obstacles,
  };
}

/** The outputs of a model; a module is called on its input. */
function outputsOf(interpreter: Interpreter, made: Py): Py {
  if (made.kind === 'instance') return forward(interpreter, made);
  if (made.kind !== 'model') return made;
  if (made.model.kind === 'functional') {
    return {
      kind: 'list',
      form: 'list',
      items: made.model.outputs.map((layer) => ({ kind: 'tensor', layer })),
    };
  }
  const { call, statement } = made.model;
  const place = call ?? synthetic({ span: statement.span, name: 'model' });
  return interpreter.apply(made, [-1], { call: place, given: NOTHING });
}

/** Parameters of `forward` that are no input of the model. */
const NO_INPUT =
  /^(training|mask|hidden|state|states|h|h0|hx|lengths?|hidden_state|return_\w+|targets?)$/;

function forward(interpreter: Interpreter, made: InstanceValue): Py {
  const names = made.framework === 'torch' ? ['forward'] : ['call', '__call__', 'forward'];
  const method = names
    .map((name) => memberOf(made.type, name))
    .find((it) => it?.kind === 'function');
  const place = { call: synthetic(made.type.statement), given: NOTHING };
  if (method?.kind !== 'function') return interpreter.apply(made, [-1], place);
  const positional = method.code.parameters
    .slice(1)
    .filter(({ byDefault, stars }, index) => stars === 0 && (index === 0 || !byDefault))
    .map((parameter, index): GivenValue => {
      const { name, span } = parameter;
      if (index > 0 && NO_INPUT.test(name)) return { value: unknown(name), argument: null };
      const statement = { kind: 'other', span } as const;
      const draft = {
        ...interpreter.ledger.draft(made.framework ?? 'keras', {
          type: 'inputLayer',
          span,
          call: null,
          arguments: [],
        }),
        statement,
      };
      const site = { kind: 'parameter', name, body: method.code.body } as const;
      return { value: interpreter.ledger.place(draft, [], site), argument: null };
    });
  return interpreter.call(made, { ...place, given: { positional, named: new Map() } });
}

function modelOf(interpreter: Interpreter, made: Py, outputs: readonly number[]): ModelDraft {
  if (made.kind === 'model') return made.model;
  if (made.kind === 'instance') return { ...made.model, outputs };
  return interpreter.ledger.newModel('functional', { outputs });
}
