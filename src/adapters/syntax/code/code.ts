/**
 * Source code in a form that is the same for every language Cortex reads: just enough of it to
 * follow how layers are put together.
 */
import type { Language } from '../../../model/modelFile.ts';
import type { Value } from '../../../model/values.ts';

/** A half-open range of UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

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

export interface CallExpression {
  readonly kind: 'call';
  readonly span: Span;
  readonly callee: Expression;
  readonly arguments: readonly CallArgument[];
  /** With the parentheses. */
  readonly argumentsSpan: Span;
}

export interface ObjectExpression {
  readonly kind: 'object';
  readonly span: Span;
  readonly entries: readonly Entry[];
}

export interface ListExpression {
  readonly kind: 'list';
  readonly span: Span;
  readonly items: readonly Expression[];
}

/** An expression. What Cortex does not interpret is `other`, with the expressions inside it. */
export type Expression =
  | { readonly kind: 'literal'; readonly span: Span; readonly value: Value }
  | { readonly kind: 'name'; readonly span: Span; readonly name: string }
  | {
      readonly kind: 'member';
      readonly span: Span;
      readonly object: Expression;
      readonly property: string;
    }
  | CallExpression
  | ObjectExpression
  | ListExpression
  | {
      readonly kind: 'binary';
      readonly span: Span;
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'assign';
      readonly span: Span;
      readonly target: string;
      readonly value: Expression;
    }
  /** Parentheses, `as T`, `!`: the inner expression counts. `cast` is the type of an `as`. */
  | {
      readonly kind: 'wrapped';
      readonly span: Span;
      readonly inner: Expression;
      readonly cast: string | null;
    }
  | { readonly kind: 'function'; readonly span: Span; readonly code: () => FunctionCode }
  | { readonly kind: 'other'; readonly span: Span; readonly parts: readonly Expression[] };

/** What a declaration or a parameter binds. */
export type Pattern =
  | { readonly kind: 'name'; readonly name: string; readonly byDefault?: Expression }
  | { readonly kind: 'members'; readonly members: readonly MemberPattern[] }
  | { readonly kind: 'unclear'; readonly names: readonly string[] };

/** One name taken out of an object: `{ key: name = byDefault }`. */
export interface MemberPattern {
  readonly key: string;
  readonly name: string;
  readonly byDefault?: Expression;
}

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
  | { readonly kind: 'expression'; readonly span: Span; readonly value: Expression }
  | { readonly kind: 'return'; readonly span: Span; readonly value: Expression | null }
  /** Code that may run not at all, once or many times. */
  | {
      readonly kind: 'branch';
      readonly span: Span;
      readonly heads: readonly Expression[];
      readonly body: readonly Statement[];
    }
  | {
      readonly kind: 'function';
      readonly span: Span;
      readonly name: string;
      readonly code: () => FunctionCode;
    }
  | { readonly kind: 'import'; readonly span: Span; readonly bindings: readonly ImportBinding[] }
  | { readonly kind: 'other'; readonly span: Span };

/** `member` is `null` for the module itself. */
export interface ImportBinding {
  readonly name: string;
  readonly module: string;
  readonly member: string | null;
}

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

/** A builder that was found. */
export interface BuilderCode {
  readonly name: string;
  readonly kind: 'function' | 'arrow' | 'method';
  readonly span: Span;
  readonly exported: boolean;
  /** The statement at the top of the file that holds it, with `export` and decorators. */
  readonly topLevel: Span;
  readonly function: FunctionCode;
}

/**
 * Every place where a name stands inside the builder; `shorthand` is `{ name }` in an object
 * literal.
 */
export interface Mention {
  readonly name: string;
  readonly span: Span;
  readonly shorthand: boolean;
}

/** A source file. */
export interface ModuleCode {
  readonly language: Language;
  readonly text: string;
  /** Statements at the top of the file, without the builder. */
  readonly statements: readonly Statement[];
  readonly builders: readonly BuilderCode[];
  /** Names inside the builders, in order; comments and property names left out. */
  readonly mentions: readonly Mention[];
  readonly comments: readonly Span[];
}
