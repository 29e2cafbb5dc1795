import type { Span } from '../../code/span.ts';
import type { ClassStatement, FunctionStatement, PythonModule, Statement } from '../code/tree.ts';
import type { PythonBuilder } from './reading.ts';

/** A function or class that may build a model. */
export interface MaybeBuilder extends PythonBuilder {
  /** The class that a method stands in. */
  readonly owner: ClassStatement | null;
  /** The function that it is nested in. */
  readonly outer: FunctionStatement | null;
  /** A class that is a model or a module by what it stands on. */
  readonly isModel: boolean;
}

/** Every function, method and class of a file, in order. */
export function candidatesIn({ statements, text }: PythonModule): readonly MaybeBuilder[] {
  return statements.flatMap((statement) =>
    search(statement, { text, topLevel: wholeOf(statement), owner: null, outer: null }),
  );
}

interface Place {
  readonly text: string;
  readonly topLevel: Span;
  readonly owner: ClassStatement | null;
  readonly outer: FunctionStatement | null;
}

const wholeOf = (statement: Statement): Span =>
  statement.kind === 'function' || statement.kind === 'class' ? statement.whole : statement.span;

function search(statement: Statement, place: Place): readonly MaybeBuilder[] {
  switch (statement.kind) {
    case 'function':
      return [
        functionCandidate(statement, place),
        ...statement.code.body.flatMap((it) => search(it, { ...place, outer: statement })),
      ];
    case 'class':
      return [
        classCandidate(statement, place),
        ...statement.body.flatMap((it) => search(it, { ...place, owner: statement })),
      ];
    case 'if':
      return statement.branches.flatMap(({ body }) => body.flatMap((it) => search(it, place)));
    case 'block':
    case 'for':
    case 'while':
      return statement.body.flatMap((it) => search(it, place));
    default:
      return [];
  }
}

const functionCandidate = (statement: FunctionStatement, place: Place): MaybeBuilder => ({
  name: statement.name,
  kind: place.owner ? 'method' : 'function',
  span: statement.span,
  bodySpan: statement.code.bodySpan,
  topLevel: place.topLevel,
  statement,
  owner: place.owner,
  outer: place.outer,
  isModel: false,
});

/** A loss is a module of PyTorch, too, and what a model is held against, not a model. */
const NO_MODEL = /(Loss|Criterion)$/;

function classCandidate(statement: ClassStatement, place: Place): MaybeBuilder {
  const bases = statement.bases.map(({ span }) => place.text.slice(span.start, span.end));
  const methods = statement.body.flatMap((it) => (it.kind === 'function' ? [it.name] : []));
  return {
    name: statement.name,
    kind: 'class',
    span: statement.span,
    bodySpan: statement.bodySpan,
    topLevel: place.topLevel,
    statement,
    owner: null,
    outer: place.outer,
    isModel:
      !NO_MODEL.test(statement.name) &&
      (bases.some((base) => /\b(Module|Model|Sequential|Layer)$|Module\b/.test(base)) ||
        (bases.length > 0 && methods.includes('forward'))),
  };
}
