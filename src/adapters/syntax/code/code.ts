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
  /** `new X(…)`. */
  readonly construct?: true;
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
  /** `object.property = value`. */
  | {
      readonly kind: 'set';
      readonly span: Span;
      readonly object: Expression;
      readonly property: string;
      readonly value: Expression;
    }
  /** `condition ? then : otherwise`. */
  | {
      readonly kind: 'choice';
      readonly span: Span;
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    }
  /** `!operand`, `typeof operand`. */
  | {
      readonly kind: 'unary';
      readonly span: Span;
      readonly operator: string;
      readonly operand: Expression;
    }
  /** `object[index]`. */
  | {
      readonly kind: 'index';
      readonly span: Span;
      readonly object: Expression;
      readonly index: Expression;
    }
  /** Texts and values of a template string, in order. */
  | {
      readonly kind: 'template';
      readonly span: Span;
      readonly pieces: readonly (string | Expression)[];
    }
  /** `...inner` in a list or among arguments. */
  | { readonly kind: 'spread'; readonly span: Span; readonly inner: Expression }
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
      /** How it runs, where that can be told (JavaScript). */
      readonly flow?: Flow;
    }
  | { readonly kind: 'jump'; readonly span: Span; readonly to: 'break' | 'continue' | 'throw' }
  | { readonly kind: 'class'; readonly span: Span; readonly code: ClassCode }
  | {
      readonly kind: 'function';
      readonly span: Span;
      readonly name: string;
      readonly code: () => FunctionCode;
    }
  | { readonly kind: 'import'; readonly span: Span; readonly bindings: readonly ImportBinding[] }
  | { readonly kind: 'other'; readonly span: Span };

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
  /** As messages and `cortex.json` name it: `buildModel`, `Net.buildModel`. */
  readonly name: string;
  readonly kind: 'function' | 'arrow' | 'method';
  readonly span: Span;
  readonly exported: boolean;
  /** The statement at the top of the file that holds it, with `export` and decorators. */
  readonly topLevel: Span;
  readonly function: FunctionCode;
  /** How it is reached from the top of the file (JavaScript). */
  readonly reach?: BuilderReach;
  /** Puts a model together itself. */
  readonly makes?: boolean;
  /** Names of functions that it calls. */
  readonly calls?: ReadonlySet<string>;
  /** Functions around it, the outermost first. */
  readonly around?: readonly FunctionCode[];
  /** The class whose method it is. */
  readonly owner?: ClassCode;
  /** Has one of the names that a builder is known by. */
  readonly known?: boolean;
}

/** How a builder is reached from the top of its file. */
export type BuilderReach =
  /** A function bound to a name at the top, or the only expression exported. */
  | { readonly kind: 'function'; readonly name: string }
  /** A method; `shared`: static. `owner`: the class, or the object, at the top of the file. */
  | {
      readonly kind: 'method';
      readonly owner: string;
      readonly method: string;
      readonly of: 'class' | 'object';
      readonly shared: boolean;
    }
  /** A function within a function: its statements are read, it cannot be called from outside. */
  | { readonly kind: 'inner' }
  /** Statements at the top of the file. */
  | { readonly kind: 'top' };

/** What a statement at the top of the file brings in and what it mentions. */
export interface TopStatement {
  readonly span: Span;
  readonly declares: readonly string[];
  readonly mentions: ReadonlySet<string>;
  /** Names whose value it changes or whose methods it calls, as a statement of its own. */
  readonly touches: ReadonlySet<string>;
  readonly kind: 'import' | 'declaration' | 'type' | 'export' | 'expression' | 'flow';
}

/** A `compile` call outside the builder, with the function it stands in. */
export interface CompileElsewhere {
  readonly call: CallExpression;
  readonly statement: Statement;
  readonly span: Span;
  /** `null` at the top of the file. */
  readonly inside: string | null;
  /** Names that its function binds: they have no value outside of it. */
  readonly locals: ReadonlySet<string>;
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
  /** Statements at the top of the file. */
  readonly statements: readonly Statement[];
  readonly builders: readonly BuilderCode[];
  /** Names inside the builders, in order; comments and property names left out. */
  readonly mentions: readonly Mention[];
  readonly comments: readonly Span[];
  /** Empty for Python. */
  readonly top: readonly TopStatement[];
  readonly compiles: readonly CompileElsewhere[];
  /** How the file calls its builders, outside of them. */
  readonly calls: ReadonlyMap<string, readonly CallExpression[]>;
}
