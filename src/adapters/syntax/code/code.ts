/**
 * Source code in a form that is the same for every language Cortex reads: just enough of it to
 * follow how layers are put together.
 */

import type { Value } from '../../../model/values.ts';
import type { Shape, Span } from './span.ts';

/** One argument of a call; `name` is set for keyword arguments (Python). */
export interface CallArgument {
  readonly span: Span;
  readonly name: string | null;
  readonly value: Expression;
}

/** One entry of an object literal or a dictionary; a spread has the key `...`. */
export interface Entry {
  readonly span: Span;
  readonly key: string;
  readonly value: Expression;
  readonly shorthand: boolean;
}

/** A call as written. */
export interface CallExpression {
  readonly kind: 'call';
  readonly span: Span;
  readonly callee: Expression;
  readonly arguments: readonly CallArgument[];
  /** With the parentheses. */
  readonly argumentsSpan: Span;
  /** `new X(…)`. */
  readonly construct?: true;
}

/** An object literal. */
export interface ObjectExpression {
  readonly kind: 'object';
  readonly span: Span;
  readonly entries: readonly Entry[];
}

/** An array literal. */
export interface ListExpression {
  readonly kind: 'list';
  readonly span: Span;
  readonly items: readonly Expression[];
}

/** An expression. What Cortex does not interpret is `other`, with the expressions inside it. */
export type Expression =
  | Shape<'literal', { value: Value }>
  | Shape<'name', { name: string }>
  | Shape<'member', { object: Expression; property: string }>
  | CallExpression
  | ObjectExpression
  | ListExpression
  | Shape<'binary', { operator: string; left: Expression; right: Expression }>
  | Shape<'assign', { target: string; value: Expression }>
  /** `object.property = value`. */
  | Shape<'set', { object: Expression; property: string; value: Expression }>
  /** `condition ? then : otherwise`. */
  | Shape<'choice', { condition: Expression; then: Expression; otherwise: Expression }>
  /** `!operand`, `typeof operand`. */
  | Shape<'unary', { operator: string; operand: Expression }>
  /** `object[index]`. */
  | Shape<'index', { object: Expression; index: Expression }>
  /** Texts and values of a template string, in order. */
  | Shape<'template', { pieces: readonly (string | Expression)[] }>
  /** `...inner` in a list or among arguments. */
  | Shape<'spread', { inner: Expression }>
  /** Parentheses, `as T`, `!`: the inner expression counts. `cast` is the type of an `as`. */
  | Shape<'wrapped', { inner: Expression; cast: string | null }>
  | Shape<'function', { code: () => FunctionCode }>
  | Shape<'other', { parts: readonly Expression[] }>;

/** What a declaration or a parameter binds. */
export type Pattern =
  | { readonly kind: 'name'; readonly name: string; readonly byDefault?: Expression }
  | {
      readonly kind: 'members';
      readonly members: readonly MemberPattern[];
      readonly byDefault?: Expression;
    }
  /** `[a, , b]`; `null` for what is skipped or taken apart further. */
  | {
      readonly kind: 'items';
      readonly items: readonly (string | null)[];
      readonly byDefault?: Expression;
    }
  | {
      readonly kind: 'unclear';
      readonly names: readonly string[];
      readonly byDefault?: Expression;
    };

/** One name taken out of an object: `{ key: name = byDefault }`. */
export interface MemberPattern {
  readonly key: string;
  readonly name: string;
  readonly byDefault?: Expression;
}

/** A declaration, or an assignment as a statement. */
export interface DeclareStatement {
  readonly kind: 'declare';
  readonly span: Span;
  readonly pattern: Pattern;
  readonly value: Expression | null;
  /** `const`, `let`, `var`; empty for a plain assignment. */
  readonly keyword: string;
  /** The only declaration of its statement. */
  readonly alone: boolean;
}

/** A statement. */
export type Statement =
  | DeclareStatement
  | Shape<'expression', { value: Expression }>
  | Shape<'return', { value: Expression | null }>
  /** Code that may run not at all, once or many times. */
  | Shape<
      'branch',
      {
        readonly heads: readonly Expression[];
        readonly body: readonly Statement[];
        /** How it runs, where that can be told (JavaScript). */
        readonly flow?: Flow;
      }
    >
  | Shape<'jump', { to: 'break' | 'continue' | 'throw' }>
  | Shape<'class', { code: ClassCode }>
  | Shape<'function', { name: string; code: () => FunctionCode }>
  | Shape<'import', { bindings: readonly ImportBinding[] }>
  | Shape<'other'>;

/** The parts of a statement that decides what runs. */
export type Flow =
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly then: readonly Statement[];
      readonly otherwise: readonly Statement[];
    }
  | {
      readonly kind: 'loop';
      readonly start: readonly Statement[];
      readonly condition: Expression | null;
      readonly update: Expression | null;
      readonly body: readonly Statement[];
    }
  | {
      readonly kind: 'each';
      readonly pattern: Pattern;
      readonly of: Expression;
      /** `for (… in …)`: the keys, not the values. */
      readonly keys: boolean;
      readonly body: readonly Statement[];
    }
  | {
      readonly kind: 'switch';
      readonly subject: Expression;
      readonly cases: readonly SwitchCase[];
    }
  /** `try`: it runs, once. */
  | { readonly kind: 'block'; readonly body: readonly Statement[] };

/** `test` is `null` for `default`. */
export interface SwitchCase {
  readonly test: Expression | null;
  readonly body: readonly Statement[];
}

/** A class: what it extends, its fields and its methods. */
export interface ClassCode {
  readonly name: string;
  readonly span: Span;
  readonly parent: Expression | null;
  readonly fields: readonly ClassField[];
  readonly methods: readonly ClassMethod[];
}

/** `shared`: static. */
export interface ClassField {
  readonly name: string;
  readonly value: Expression | null;
  readonly shared: boolean;
}

/** `shared`: static. */
export interface ClassMethod {
  readonly name: string;
  readonly shared: boolean;
  readonly getter: boolean;
  readonly code: () => FunctionCode;
}

/** `member` is `null` for the module itself. */
export interface ImportBinding {
  readonly name: string;
  readonly module: string;
  readonly member: string | null;
}

/** What a function takes and runs. */
export interface FunctionCode {
  readonly span: Span;
  readonly parameters: readonly Pattern[];
  /** With braces, where there are any. */
  readonly bodySpan: Span;
  readonly body: readonly Statement[];
  /** Set for an arrow function without braces; `body` is empty then. */
  readonly result: Expression | null;
  readonly returnType: Span | null;
}
