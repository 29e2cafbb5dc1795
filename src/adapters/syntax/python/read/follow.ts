import type { Call, Expression } from '../code/tree.ts';
import type { Ledger } from './ledger.ts';
import type { ArgumentReader } from './readArguments.ts';
import type { Scope } from './scope.ts';
import type { Py, Given } from './py.ts';

/** Where a call stands: what it is written as, and the names that are seen there. */
export interface CallPlace {
  readonly call: Call;
  readonly given: Given;
}

/** What the parts that follow calls need of the one that follows everything. */
export interface Follow {
  readonly ledger: Ledger;
  readonly reader: ArgumentReader;
  /** A builder is followed, not the file around it: what is handed in is data. */
  readonly inBuilder: boolean;
  evaluate(expression: Expression, scope: Scope): Py;
  /** Gives what stands on the left of `=` a value. */
  assign(target: Expression, value: Py, scope: Scope): void;
  call(callee: Py, place: CallPlace): Py;
  attribute(object: Py, name: string, text: string): Py;
  /** Puts what can be called (a layer, a model, a module) on tensors. */
  apply(callee: Py, inputs: readonly number[], place: CallPlace): Py;
}

/** A function of Python itself; `null` where what it gives cannot be told. */
export type BuiltIn = (args: readonly Py[], at: { follow: Follow; place: CallPlace }) => Py | null;
