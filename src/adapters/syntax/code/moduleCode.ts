import type { Language } from '../../../model/modelFile.ts';
import type { CallExpression, ClassCode, FunctionCode, Statement } from './code.ts';
import type { Span } from './span.ts';

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
