import type { Expression, Flow, FunctionCode, Pattern, Statement } from '../code/code.ts';
import { itemsOf, truthOf, valueOf } from './compute.ts';
import type { CodeFollower } from './codeFollower.ts';
import { modelIn } from './modelIn.ts';
import { NOTHING, Scope, UNKNOWN } from './scope.ts';
import type { Meaning } from './scope.ts';

/** How a statement ends: the next one follows, or something is jumped over. */
type Ending = 'next' | 'break' | 'continue' | 'out';

/** More rounds than this are read as a loop whose number of rounds is not known. */
const MOST_ROUNDS = 200;

/** What a function gave back, over all its `return`s. */
interface Run {
  readonly scope: Scope;
  readonly returned: Meaning[];
}

/** Follows statements: declarations, branches and loops whose conditions can be told. */
export class StatementFollower {
  readonly #follower: CodeFollower;

  constructor(follower: CodeFollower) {
    this.#follower = follower;
  }

  /** What stands at the top of a file, without what it runs. */
  declarations(statements: readonly Statement[], scope: Scope): void {
    this.#hoist(statements, scope);
    for (const statement of statements) {
      if (statement.kind === 'branch') this.declarations(statement.body, scope);
      else if (statement.kind !== 'expression' && statement.kind !== 'return')
        this.#statement(statement, { scope, returned: [] });
    }
  }

  /** Runs a function's body; the meaning is that of what it returns. */
  body(code: FunctionCode, scope: Scope): Meaning {
    const { ledger } = this.#follower;
    if (code.result) {
      ledger.statement = { kind: 'return', span: code.result.span, value: code.result };
      return this.#follower.evaluate(code.result, scope);
    }
    const run: Run = { scope, returned: [] };
    this.#statements(code.body, run);
    return this.#together(run.returned);
  }

  /** Gives a parameter what it is called with, or its default. */
  bindParameter(pattern: Pattern, given: Meaning, scope: Scope): void {
    const { byDefault } = pattern;
    const isMissing = given.kind === 'value' && given.value.kind === 'null';
    const meaning = isMissing && byDefault ? this.#follower.evaluate(byDefault, scope) : given;
    this.#bind(pattern, meaning, (name, to) => {
      scope.declare(name, to);
    });
  }

  /** Several `return`s that give one model, or nothing, agree. */
  #together(returned: readonly Meaning[]): Meaning {
    const [first, ...others] = returned;
    if (!first) return NOTHING;
    if (others.length === 0) return first;
    const models = returned.flatMap((one) => modelIn(one) ?? []);
    const [model] = models;
    if (model && models.every((other) => other === model)) return { kind: 'model', model };
    for (const other of models) other.followed = false;
    return UNKNOWN;
  }

  #hoist(statements: readonly Statement[], scope: Scope): void {
    for (const statement of statements) {
      if (statement.kind === 'function')
        scope.declare(statement.name, { kind: 'function', code: statement.code, scope });
      if (statement.kind === 'class')
        scope.declare(statement.code.name, { kind: 'class', code: statement.code, scope });
    }
  }

  #statements(statements: readonly Statement[], run: Run): Ending {
    this.#hoist(statements, run.scope);
    for (const statement of statements) {
      if (!this.#follower.step()) return 'out';
      const ending = this.#statement(statement, run);
      if (ending !== 'next') return ending;
    }
    return 'next';
  }

  #statement(statement: Statement, run: Run): Ending {
    const { ledger } = this.#follower;
    ledger.statement = statement;
    switch (statement.kind) {
      case 'declare':
        this.#declare(statement, run.scope);
        return 'next';
      case 'expression':
        this.#follower.evaluate(statement.value, run.scope);
        return 'next';
      case 'return':
        run.returned.push(
          statement.value ? this.#follower.evaluate(statement.value, run.scope) : NOTHING,
        );
        return 'out';
      case 'branch':
        return this.#branch(statement, run);
      case 'jump':
        return statement.to === 'throw' ? 'out' : statement.to;
      case 'import':
        this.#import(statement, run.scope);
        return 'next';
      case 'class':
      case 'function':
      case 'other':
        this.#hoist([statement], run.scope);
        return 'next';
    }
  }

  #import(statement: Extract<Statement, { kind: 'import' }>, scope: Scope): void {
    for (const binding of statement.bindings) {
      const path = this.#follower.dialect.importPath(binding);
      scope.declare(binding.name, path === null ? UNKNOWN : { kind: 'runtime', path });
    }
  }

  #declare(statement: Extract<Statement, { kind: 'declare' }>, scope: Scope): void {
    const { pattern, value } = statement;
    const meaning = value ? this.#follower.evaluate(value, scope) : this.#unset(statement);
    const declared = value ? { statement, value: value.span } : null;
    this.#bind(pattern, meaning, (name, to) => {
      if (statement.keyword === '') scope.assign(name, to, declared);
      else scope.declare(name, to, declared);
    });
  }

  /** `let x;` holds nothing yet; a loop's variable holds what is not known. */
  #unset({ keyword, alone }: Extract<Statement, { kind: 'declare' }>): Meaning {
    return keyword === 'let' && alone ? NOTHING : UNKNOWN;
  }

  #bind(pattern: Pattern, meaning: Meaning, bind: (name: string, to: Meaning) => void): void {
    switch (pattern.kind) {
      case 'name':
        return bind(pattern.name, meaning);
      case 'unclear':
        for (const name of pattern.names) bind(name, UNKNOWN);
        return;
      case 'items':
        for (const [index, name] of pattern.items.entries())
          bind(name ?? '', itemsOf(meaning)?.[index] ?? UNKNOWN);
        return;
      case 'members':
        for (const { key, name, byDefault } of pattern.members)
          bind(name, this.#orDefault(this.#memberOf(meaning, key), meaning, byDefault));
    }
  }

  /** A default stands in for what the object is known not to have. */
  #orDefault(meaning: Meaning, object: Meaning, byDefault: Expression | undefined): Meaning {
    if (!byDefault || meaning.kind !== 'unknown') return meaning;
    const isKnown = object.kind === 'record' || object.kind === 'value';
    return isKnown ? this.#follower.evaluate(byDefault, new Scope(null)) : meaning;
  }

  #memberOf(meaning: Meaning, key: string): Meaning {
    if (meaning.kind === 'runtime')
      return { kind: 'runtime', path: meaning.path === '' ? key : `${meaning.path}.${key}` };
    if (meaning.kind !== 'record') return this.#follower.memberOf(meaning, key);
    const entry = meaning.expression.entries.findLast((it) => it.key === key);
    return entry ? this.#follower.evaluate(entry.value, meaning.scope) : UNKNOWN;
  }

  #branch(statement: Extract<Statement, { kind: 'branch' }>, run: Run): Ending {
    const { flow } = statement;
    switch (flow?.kind) {
      case 'if':
        return this.#if(statement, flow, run);
      case 'block':
        return this.#statements(flow.body, { ...run, scope: new Scope(run.scope) });
      case 'loop':
        return this.#loop(statement, flow, run);
      case 'each':
        return this.#each(statement, flow, run);
      case 'switch':
        return this.#switch(statement, flow, run);
      case undefined:
        return this.#unknownBranch(statement, run);
    }
  }

  #if(
    statement: Extract<Statement, { kind: 'branch' }>,
    flow: Extract<Flow, { kind: 'if' }>,
    run: Run,
  ): Ending {
    const truth = truthOf(this.#follower.evaluate(flow.condition, run.scope));
    if (truth === null) return this.#unknownBranch(statement, run);
    return this.#statements(truth ? flow.then : flow.otherwise, {
      ...run,
      scope: new Scope(run.scope),
    });
  }

  #loop(
    statement: Extract<Statement, { kind: 'branch' }>,
    flow: Extract<Flow, { kind: 'loop' }>,
    run: Run,
  ): Ending {
    const { values, ledger } = this.#follower;
    const scope = new Scope(run.scope);
    this.#statements(flow.start, { ...run, scope });
    const goesOn = (): boolean | null =>
      flow.condition ? truthOf(values.compute(flow.condition, scope)) : null;
    if (goesOn() === null) return this.#unknownBranch(statement, run);
    return ledger.repeatedly(() => {
      for (let round = 0; round < MOST_ROUNDS && goesOn() === true; round += 1) {
        const ending = this.#statements(flow.body, { ...run, scope: new Scope(scope) });
        if (ending === 'break') return 'next';
        if (ending === 'out') return 'out';
        if (flow.update) this.#follower.evaluate(flow.update, scope);
      }
      return 'next';
    });
  }

  #each(
    statement: Extract<Statement, { kind: 'branch' }>,
    flow: Extract<Flow, { kind: 'each' }>,
    run: Run,
  ): Ending {
    const items = flow.keys ? null : itemsOf(this.#follower.evaluate(flow.of, run.scope));
    if (!items || items.length > MOST_ROUNDS) return this.#unknownBranch(statement, run);
    return this.#follower.ledger.repeatedly(() => {
      for (const item of [...items]) {
        const scope = new Scope(run.scope);
        this.#bind(flow.pattern, item, (name, to) => {
          scope.declare(name, to);
        });
        const ending = this.#statements(flow.body, { ...run, scope });
        if (ending === 'break') return 'next';
        if (ending === 'out') return 'out';
      }
      return 'next';
    });
  }

  #switch(
    statement: Extract<Statement, { kind: 'branch' }>,
    { subject, cases }: Extract<Flow, { kind: 'switch' }>,
    run: Run,
  ): Ending {
    const { values } = this.#follower;
    const value = valueOf(this.#follower.evaluate(subject, run.scope));
    const tests = cases.map(({ test }) => test && valueOf(values.compute(test, run.scope)));
    const isKnown = tests.every((test, index) => test !== null || cases[index]?.test === null);
    if (!value || !isKnown) return this.#unknownBranch(statement, run);
    const same = (test: (typeof tests)[number]): boolean =>
      test !== null && JSON.stringify(test) === JSON.stringify(value);
    const found = tests.findIndex(same);
    const first = found >= 0 ? found : cases.findIndex(({ test }) => test === null);
    const body = first < 0 ? [] : cases.slice(first).flatMap((one) => one.body);
    const ending = this.#statements(body, { ...run, scope: new Scope(run.scope) });
    return ending === 'break' ? 'next' : ending;
  }

  /** May run not at all, once or many times: what it changes is not known behind it. */
  #unknownBranch(statement: Extract<Statement, { kind: 'branch' }>, run: Run): Ending {
    const { ledger } = this.#follower;
    const before = ledger.layers.length;
    for (const head of statement.heads) this.#follower.evaluate(head, run.scope);
    const forget = (): void => {
      for (const name of assignedNames(statement.body)) {
        if (run.scope.find(name)?.meaning.kind === 'value') run.scope.assign(name, UNKNOWN);
      }
    };
    forget();
    ledger.uncertainly(() => {
      for (const part of partsOf(statement))
        this.#statements(part, { ...run, scope: new Scope(run.scope) });
    });
    forget();
    if (ledger.layers.length > before)
      ledger.missed(statement.span, 'whether this runs, or how often, the file does not say');
    return 'next';
  }
}

/** The pieces of a branch of which one may run instead of another. */
function partsOf({ flow, body }: Extract<Statement, { kind: 'branch' }>): (readonly Statement[])[] {
  if (flow?.kind === 'if') return [flow.then, flow.otherwise];
  if (flow?.kind === 'switch') return flow.cases.map((one) => one.body);
  return [body];
}

/** Names that the statements give a new value, wherever they were declared. */
function assignedNames(statements: readonly Statement[]): string[] {
  return statements.flatMap((statement) => {
    if (statement.kind === 'branch') return assignedNames(statement.body);
    if (statement.kind === 'expression')
      return statement.value.kind === 'assign' ? [statement.value.target] : [];
    if (statement.kind !== 'declare' || statement.keyword !== '') return [];
    return statement.pattern.kind === 'name'
      ? [statement.pattern.name]
      : statement.pattern.kind === 'unclear'
        ? statement.pattern.names
        : [];
  });
}
