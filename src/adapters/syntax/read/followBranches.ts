import type { Flow, Statement } from '../code/code.ts';
import type { CodeFollower } from './codeFollower.ts';
import { itemsOf, truthOf, valueOf } from './compute.ts';
import { bindPattern } from './followPatterns.ts';
import { isLoaded, modelIn } from './modelIn.ts';
import { Scope, UNKNOWN } from './scope.ts';
import type { Meaning } from './scope.ts';

/** How a statement ends: the next one follows, or something is jumped over. */
export type Ending = 'next' | 'break' | 'continue' | 'out';

/** More rounds than this are read as a loop whose number of rounds is not known. */
const MOST_ROUNDS = 200;

/** What a function gave back, over all its `return`s. */
export interface Run {
  readonly scope: Scope;
  readonly returned: Meaning[];
}

type Branch = Extract<Statement, { kind: 'branch' }>;

/** Follows branches and loops whose conditions can be told; what others change is not known. */
export class BranchFollower {
  readonly #follower: CodeFollower;
  readonly #run: (statements: readonly Statement[], run: Run) => Ending;

  constructor(follower: CodeFollower, run: (statements: readonly Statement[], run: Run) => Ending) {
    this.#follower = follower;
    this.#run = run;
  }

  branch(statement: Branch, run: Run): Ending {
    const { flow } = statement;
    switch (flow?.kind) {
      case 'if':
        return this.#if(statement, flow, run);
      case 'block':
        return this.#block(flow.body, run);
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

  /** `try`: a saved model that it gives back is there only where one was saved. */
  #block(body: readonly Statement[], run: Run): Ending {
    const ending = this.#run(body, { ...run, scope: new Scope(run.scope) });
    const model = ending === 'out' ? modelIn(run.returned.at(-1) ?? UNKNOWN) : null;
    return model && isLoaded(model) ? 'next' : ending;
  }

  #if(statement: Branch, flow: Extract<Flow, { kind: 'if' }>, run: Run): Ending {
    const truth = truthOf(this.#follower.evaluate(flow.condition, run.scope));
    if (truth === null) return this.#unknownBranch(statement, run);
    return this.#run(truth ? flow.then : flow.otherwise, {
      ...run,
      scope: new Scope(run.scope),
    });
  }

  #loop(statement: Branch, flow: Extract<Flow, { kind: 'loop' }>, run: Run): Ending {
    const { values, ledger } = this.#follower;
    const scope = new Scope(run.scope);
    this.#run(flow.start, { ...run, scope });
    const goesOn = (): boolean | null =>
      flow.condition ? truthOf(values.compute(flow.condition, scope)) : null;
    if (goesOn() === null) return this.#unknownBranch(statement, run);
    return ledger.repeatedly(() => {
      for (let round = 0; round < MOST_ROUNDS && goesOn() === true; round += 1) {
        const ending = this.#run(flow.body, { ...run, scope: new Scope(scope) });
        if (ending === 'break') return 'next';
        if (ending === 'out') return 'out';
        if (flow.update) this.#follower.evaluate(flow.update, scope);
      }
      return 'next';
    });
  }

  #each(statement: Branch, flow: Extract<Flow, { kind: 'each' }>, run: Run): Ending {
    const items = flow.keys ? null : itemsOf(this.#follower.evaluate(flow.of, run.scope));
    if (!items || items.length > MOST_ROUNDS) return this.#unknownBranch(statement, run);
    return this.#follower.ledger.repeatedly(() => {
      for (const item of [...items]) {
        const scope = new Scope(run.scope);
        bindPattern(this.#follower, flow.pattern, item, (name, to) => {
          scope.declare(name, to);
        });
        const ending = this.#run(flow.body, { ...run, scope });
        if (ending === 'break') return 'next';
        if (ending === 'out') return 'out';
      }
      return 'next';
    });
  }

  #switch(
    statement: Branch,
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
    const ending = this.#run(body, { ...run, scope: new Scope(run.scope) });
    return ending === 'break' ? 'next' : ending;
  }

  /** May run not at all, once or many times: what it changes is not known behind it. */
  #unknownBranch(statement: Branch, run: Run): Ending {
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
        this.#run(part, { ...run, scope: new Scope(run.scope) });
    });
    forget();
    if (ledger.layers.length > before)
      ledger.missed(statement.span, 'whether this runs, or how often, the file does not say');
    return 'next';
  }
}

/** The pieces of a branch of which one may run instead of another. */
function partsOf({ flow, body }: Branch): (readonly Statement[])[] {
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
