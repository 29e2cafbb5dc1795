import type { ClassStatement, Expression, FunctionStatement, Statement } from '../code/tree.ts';
import type { CallPlace, Follow } from './follow.ts';
import { Scope } from './scope.ts';
import { NONE, NOTHING, unknown } from './values.ts';
import type { Py, FunctionValue, ClassValue, InstanceValue, Given } from './py.ts';

/** What following classes needs beside expressions. */
interface FollowClasses extends Follow {
  assign(target: Expression, value: Py, scope: Scope): void;
  invoke(callee: FunctionValue, given: Given): Py;
}

/** Follows classes: their members, their instances, and instances that are called. */
export class ClassFollower {
  readonly #follow: FollowClasses;

  constructor(follow: FollowClasses) {
    this.#follow = follow;
  }

  functionOf(statement: FunctionStatement, scope: Scope, owner: ClassValue | null): FunctionValue {
    const names = statement.decorators.map((it) => (it.kind === 'name' ? it.name : ''));
    const role = names.includes('property')
      ? 'property'
      : names.includes('staticmethod')
        ? 'static'
        : names.includes('classmethod')
          ? 'class'
          : 'plain';
    return {
      kind: 'function',
      name: statement.name,
      code: statement.code,
      scope,
      self: null,
      owner,
      role,
    };
  }

  define(statement: ClassStatement, scope: Scope): ClassValue {
    const bases = statement.bases
      .filter(({ name }) => name === null)
      .map(({ value }) => this.#follow.evaluate(value, scope));
    const value: ClassValue = { kind: 'class', statement, bases, members: new Map() };
    const inside = new Scope(scope);
    inside.assign('__class__', value);
    for (const member of statement.body) this.#member(member, value, inside);
    return value;
  }

  /** `Name(…)`: an instance after its `__init__`. */
  instance(type: ClassValue, place: CallPlace): Py {
    const { ledger } = this.#follow;
    const framework = frameworkOf(type);
    const chained = sequentialBase(type);
    const model = ledger.newModel(chained ? 'sequential' : 'functional', {
      framework: framework ?? 'keras',
      call: place.call,
    });
    const self: InstanceValue = {
      kind: 'instance',
      type,
      attributes: new Map(),
      framework,
      model,
    };
    const init = memberOf(type, '__init__');
    if (init?.kind === 'function') this.#method(init, self, place.given);
    else this.#fields(type, self, place.given);
    if (framework !== null) ledger.made.push(self);
    return self;
  }

  callInstance(self: InstanceValue, place: CallPlace): Py {
    this.#build(self);
    const names = self.framework === 'torch' ? ['forward'] : ['call', '__call__', 'forward'];
    const method = names
      .map((name) => memberOf(self.type, name))
      .find((member) => member?.kind === 'function');
    if (method?.kind === 'function') return this.#method(method, self, place.given);
    if (self.model.kind === 'sequential')
      return this.#follow.apply({ kind: 'model', model: self.model }, inputsOf(place.given), place);
    return unknown(self.type.statement.name);
  }

  #member(member: Statement, owner: ClassValue, inside: Scope): void {
    if (member.kind === 'function') {
      owner.members.set(member.name, this.functionOf(member, inside, owner));
    } else if (member.kind === 'assign' && member.value) {
      const value = this.#follow.evaluate(member.value, inside);
      for (const target of member.targets) {
        if (target.kind !== 'name') continue;
        owner.members.set(target.name, value);
        inside.assign(target.name, value);
      }
    }
  }

  /** `@dataclass`: the fields of the class in order. */
  #fields(type: ClassValue, self: InstanceValue, { positional, named }: Given): void {
    const fields = type.statement.body.flatMap((member) =>
      member.kind === 'assign' && member.targets[0]?.kind === 'name'
        ? [member.targets[0].name]
        : [],
    );
    for (const [index, name] of fields.entries()) {
      const value = positional[index] ?? named.get(name);
      if (value) self.attributes.set(name, value.value);
    }
  }

  #method(method: FunctionValue, self: InstanceValue, given: Given): Py {
    return this.#follow.invoke(bound(method, self), given);
  }

  /** Keras makes weights in `build`, before the first call. */
  #build(self: InstanceValue): void {
    const build = memberOf(self.type, 'build');
    if (self.framework !== 'keras' || build?.kind !== 'function') return;
    if (self.attributes.has('built')) return;
    self.attributes.set('built', NONE);
    this.#method(build, self, NOTHING);
  }
}

/** A method with its `self`, and the names that `super()` looks for. */
export function bound(method: FunctionValue, self: InstanceValue): FunctionValue {
  if (method.role === 'static') return method;
  const scope = new Scope(method.scope);
  scope.assign('__self__', self);
  if (method.owner) scope.assign('__class__', method.owner);
  return { ...method, scope, self: method.role === 'class' ? self.type : self };
}

/** A member of a class or of the classes it stands on; `null` where only a library could know. */
export function memberOf(type: ClassValue, name: string): Py | null {
  const own = type.members.get(name);
  if (own) return own;
  for (const base of type.bases) {
    const found = base.kind === 'class' ? memberOf(base, name) : null;
    if (found) return found;
  }
  return null;
}

/** The paths of the library classes that a class stands on. */
export function libraryBases(type: ClassValue): readonly string[] {
  return type.bases.flatMap((base) => {
    if (base.kind === 'class') return libraryBases(base);
    if (base.kind === 'library') return [base.path];
    return base.kind === 'unknown' ? [base.text] : [];
  });
}

/** The library that a class stands on; `null`: none. */
export function frameworkOf(type: ClassValue): InstanceValue['framework'] {
  const bases = libraryBases(type);
  if (bases.some((path) => /^torch|LightningModule|\bnn\.Module$/.test(path))) return 'torch';
  if (bases.some((path) => /^(keras|tf)\b/.test(path))) return 'keras';
  return memberOf(type, 'forward') !== null && bases.length > 0 ? 'torch' : null;
}

const sequentialBase = (type: ClassValue): boolean =>
  libraryBases(type).some((path) => /\.Sequential$/.test(path));

const inputsOf = ({ positional }: Given): readonly number[] =>
  positional.flatMap(({ value }) => (value.kind === 'tensor' ? [value.layer] : []));
