/**
 * Python source as far as Cortex follows it: every expression and statement with its range. What
 * has no meaning for a model is `other`.
 */
import type { Shape, Span } from '../../code/span.ts';

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
  | Shape<'constant', { value: Constant }>
  | Shape<'name', { name: string }>
  | Shape<'attribute', { object: Expression; name: string }>
  | Call
  | Sequence
  | Shape<'subscript', { object: Expression; index: readonly Expression[] }>
  | Shape<'slice', { bounds: readonly (Expression | null)[] }>
  | Shape<
      'dictionary',
      {
        readonly entries: readonly {
          readonly key: Expression | null;
          readonly value: Expression;
        }[];
      }
    >
  | Shape<'binary', { operator: string; left: Expression; right: Expression }>
  | Shape<'unary', { operator: string; operand: Expression }>
  | Shape<'choice', { condition: Expression; then: Expression; otherwise: Expression }>
  | Shape<
      'comprehension',
      {
        readonly form: 'list' | 'dictionary';
        /** One expression, or key and value. */
        readonly element: readonly Expression[];
        readonly loops: readonly ComprehensionFor[];
      }
    >
  | Shape<'lambda', { code: FunctionCode }>
  | Shape<'starred', { value: Expression }>
  | Shape<'group', { inner: Expression }>
  | Shape<'format', { parts: readonly Expression[] }>
  | Shape<'other', { parts: readonly Expression[] }>;

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
  | Shape<'augment', { target: Expression; operator: string; value: Expression }>
  | Shape<'expression', { value: Expression }>
  | Shape<'return', { value: Expression | null }>
  | Shape<
      'if',
      {
        /** `condition` is `null` for `else`. */
        readonly branches: readonly {
          readonly condition: Expression | null;
          readonly body: readonly Statement[];
        }[];
      }
    >
  | Shape<
      'for',
      {
        target: Expression;
        iterable: Expression;
        body: readonly Statement[];
        otherwise: readonly Statement[];
      }
    >
  | Shape<'while', { condition: Expression; body: readonly Statement[] }>
  /** `with`, `try`: what is run when nothing goes wrong. */
  | Shape<
      'block',
      {
        readonly heads: readonly {
          readonly value: Expression;
          readonly target: Expression | null;
        }[];
        readonly body: readonly Statement[];
      }
    >
  | Shape<'import', { bindings: readonly ImportBinding[] }>
  | Shape<'break' | 'continue' | 'raise'>
  | Shape<'other'>;

/** A Python file. */
export interface PythonModule {
  readonly text: string;
  readonly statements: readonly Statement[];
  readonly comments: readonly Span[];
}
