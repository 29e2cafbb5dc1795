import type { Statement } from '../code/tree.ts';
import type { Follow } from './follow.ts';
import { iterated } from './iteration.ts';
import type { Scope } from './scope.ts';
import { truth, unknown } from './values.ts';

/** How a list of statements ended. */
export type End = 'through' | 'return' | 'break' | 'continue';

type Of<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

/** Runs the statements inside a loop. */
interface Run {
  run(statements: readonly Statement[], scope: Scope): End;
  /** It is not known whether they run. */
  uncertainly(statements: readonly Statement[], scope: Scope): End;
  /** It is not known whether they run, and what they return may be what the function returns. */
  perhaps(statements: readonly Statement[], scope: Scope): void;
}

const LONGEST_LOOP = 512;
/** A loop that makes no layers is not followed further. */
const IDLE_TURNS = 8;

/** Runs loops, turn by turn where the source tells how many there are. */
export class LoopFollower {
  readonly #follow: Follow;
  readonly #run: Run;

  constructor(follow: Follow, run: Run) {
    this.#follow = follow;
    this.#run = run;
  }

  for(statement: Of<'for'>, scope: Scope): End {
    const items = iterated(this.#follow.evaluate(statement.iterable, scope));
    if (!items) {
      this.#unknownLoop(statement, scope);
      return 'through';
    }
    const long = items.length > LONGEST_LOOP / 4;
    const end = this.#turns(long ? IDLE_TURNS : Infinity, statement.body, scope, (turn) => {
      const item = turn < LONGEST_LOOP ? items[turn] : undefined;
      if (item) this.#follow.assign(statement.target, item, scope);
      return item !== undefined;
    });
    if (end !== 'through') return end === 'return' ? end : 'through';
    return this.#run.run(statement.otherwise, scope);
  }

  while(statement: Of<'while'>, scope: Scope): End {
    const end = this.#turns(IDLE_TURNS, statement.body, scope, (turn) => {
      const known = truth(this.#follow.evaluate(statement.condition, scope));
      if (known === null) this.#run.uncertainly(statement.body, scope);
      return known === true && turn < LONGEST_LOOP;
    });
    return end === 'return' ? end : 'through';
  }

  /** One turn after the other, until there is none or nothing comes of them any more. */
  #turns(
    idleTurns: number,
    body: readonly Statement[],
    scope: Scope,
    next: (turn: number) => boolean,
  ): End {
    let idle = 0;
    for (let turn = 0; idle <= idleTurns && next(turn); turn += 1) {
      const before = this.#made();
      const end = this.#run.run(body, scope);
      if (end === 'return' || end === 'break') return end;
      idle = this.#made() === before ? idle + 1 : 0;
    }
    return 'through';
  }

  #made(): number {
    const { ledger } = this.#follow;
    return ledger.drafts + ledger.layers.length;
  }

  #unknownLoop(statement: Of<'for'>, scope: Scope): void {
    const { ledger, reader } = this.#follow;
    const before = this.#made();
    this.#follow.assign(statement.target, unknown(reader.slice(statement.target)), scope);
    this.#run.perhaps(statement.body, scope);
    if (this.#made() > before)
      ledger.obstacle(
        statement.span,
        `how often the loop over \`${reader.slice(statement.iterable)}\` runs is not known`,
      );
  }
}
