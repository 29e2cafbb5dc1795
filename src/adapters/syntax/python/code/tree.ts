/**
 * Python source as far as Cortex follows it: every expression and statement with its range. What
 * has no meaning for a model is `other`.
 */
import type { Span } from '../../code/code.ts';

/** One argument of a call: `name` for `name=value`, `stars` for `*value` and `**value`. */
export interface Argument {
  readonly span: Span;
  readonly name: string | null;
  readonly stars: 0 | 1 | 2;
  readonly value: Expression;
}

/** A call as written. */
export interface Call {
  readonly kind: 'call';
  readonly span: Span;
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
  /** With the parentheses. */
  readonly argumentsSpan: Span;
}

/** `[a, b]`, `(a, b)`, `a, b`. */
export interface Sequence {
  readonly kind: 'sequence';
  readonly span: Span;
  readonly form: 'list' | 'tuple';
  readonly items: readonly Expression[];
}

/** `for target in iterable if condition`, in a comprehension. */
export interface ComprehensionFor {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
}

/** An expression. */
export type Expression =
  | { readonly kind: 'constant'; readonly span: Span; readonly value: Constant }
  | { readonly kind: 'name'; readonly span: Span; readonly name: string }
  | {
      readonly kind: 'attribute';
      readonly span: Span;
      readonly object: Expression;
      readonly name: string;
    }
  | Call
  | Sequence
  | {
      readonly kind: 'subscript';
      readonly span: Span;
      readonly object: Expression;
      readonly index: readonly Expression[];
    }
  | {
      readonly kind: 'slice';
      readonly span: Span;
      readonly bounds: readonly (Expression | null)[];
    }
  | {
      readonly kind: 'dictionary';
      readonly span: Span;
      readonly entries: readonly { readonly key: Expression | null; readonly value: Expression }[];
    }
  | {
      readonly kind: 'binary';
      readonly span: Span;
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'unary';
      readonly span: Span;
      readonly operator: string;
      readonly operand: Expression;
    }
  | {
      readonly kind: 'choice';
      readonly span: Span;
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    }
  | {
      readonly kind: 'comprehension';
      readonly span: Span;
      readonly form: 'list' | 'dictionary';
      /** One expression, or key and value. */
      readonly element: readonly Expression[];
      readonly loops: readonly ComprehensionFor[];
    }
  | { readonly kind: 'lambda'; readonly span: Span; readonly code: FunctionCode }
  | { readonly kind: 'starred'; readonly span: Span; readonly value: Expression }
  | { readonly kind: 'group'; readonly span: Span; readonly inner: Expression }
  | { readonly kind: 'format'; readonly span: Span; readonly parts: readonly Expression[] }
  | { readonly kind: 'other'; readonly span: Span; readonly parts: readonly Expression[] };

/** A constant as Python has it; `null` is `None`. */
export type Constant = number | string | boolean | null;

/** A parameter; `stars` for `*args` and `**kwargs`. */
export interface Parameter {
  readonly name: string;
  readonly span: Span;
  readonly stars: 0 | 1 | 2;
  readonly byDefault: Expression | null;
}

/** A function's code: a `def`, or a `lambda` with `result` and no body. */
export interface FunctionCode {
  readonly span: Span;
  readonly parameters: readonly Parameter[];
  readonly bodySpan: Span;
  readonly body: readonly Statement[];
  readonly result: Expression | null;
}

/** `def` or `class`, with the range of its decorators. */
export interface FunctionStatement {
  readonly kind: 'function';
  readonly span: Span;
  readonly name: string;
  readonly code: FunctionCode;
  readonly decorators: readonly Expression[];
  /** With its decorators. */
  readonly whole: Span;
}

/** A class as written. */
export interface ClassStatement {
  readonly kind: 'class';
  readonly span: Span;
  readonly name: string;
  readonly bases: readonly Argument[];
  readonly body: readonly Statement[];
  readonly bodySpan: Span;
  readonly whole: Span;
}

/** `a = b = value`; an annotation without a value has `value: null`. */
export interface AssignStatement {
  readonly kind: 'assign';
  readonly span: Span;
  readonly targets: readonly Expression[];
  readonly value: Expression | null;
}

/** One name that an import binds; `member` is `null` for the module itself, name `*` for all. */
export interface ImportBinding {
  readonly name: string;
  readonly module: string;
  readonly member: string | null;
}

/** A statement. */
export type Statement =
  | AssignStatement
  | FunctionStatement
  | ClassStatement
  | {
      readonly kind: 'augment';
      readonly span: Span;
      readonly target: Expression;
      readonly operator: string;
      readonly value: Expression;
    }
  | { readonly kind: 'expression'; readonly span: Span; readonly value: Expression }
  | { readonly kind: 'return'; readonly span: Span; readonly value: Expression | null }
  | {
      readonly kind: 'if';
      readonly span: Span;
      /** `condition` is `null` for `else`. */
      readonly branches: readonly {
        readonly condition: Expression | null;
        readonly body: readonly Statement[];
      }[];
    }
  | {
      readonly kind: 'for';
      readonly span: Span;
      readonly target: Expression;
      readonly iterable: Expression;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    }
  | {
      readonly kind: 'while';
      readonly span: Span;
      readonly condition: Expression;
      readonly body: readonly Statement[];
    }
  /** `with`, `try`: what is run when nothing goes wrong. */
  | {
      readonly kind: 'block';
      readonly span: Span;
      readonly heads: readonly {
        readonly value: Expression;
        readonly target: Expression | null;
      }[];
      readonly body: readonly Statement[];
    }
  | { readonly kind: 'import'; readonly span: Span; readonly bindings: readonly ImportBinding[] }
  | { readonly kind: 'break' | 'continue' | 'raise'; readonly span: Span }
  | { readonly kind: 'other'; readonly span: Span };

/** A Python file. */
export interface PythonModule {
  readonly text: string;
  readonly statements: readonly Statement[];
  readonly comments: readonly Span[];
}
