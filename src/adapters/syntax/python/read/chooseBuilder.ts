import type { CortexError } from '../../../../util/errors.ts';
import type { BuilderChoice } from '../../../../model/modelFile.ts';
import { ok, refuse } from '../../../../util/result.ts';
import type { Result } from '../../../../util/result.ts';
import { builderMissingError, noBuilderError, twoBuildersError } from '../../errors.ts';
import { Lines } from '../../read/lines.ts';
import type { ClassStatement, PythonModule } from '../code/tree.ts';
import type { MaybeBuilder } from './candidates.ts';

/** How functions are called that build a model. */
const LIKELY =
  /^(create|make|get|define|construct|build|init)_?(\w+_)?(model|network|net|nn|mlp|cnn|lstm|rnn|gru|classifier|autoencoder|generator|discriminator)s?$|^build_\w+$|^(model|network|unet)$/i;

/** What running the file has shown. */
export interface Shown {
  /** Classes of models that the script itself makes. */
  readonly classes: readonly ClassStatement[];
  /** The script puts a model together at the top of the file. */
  readonly script: MaybeBuilder | null;
  /** Whether a function gives back a model. */
  makes(candidate: MaybeBuilder): boolean;
}

/** The builder a study means: the one it names, else the only likely one. */
export function chooseBuilder(
  module: PythonModule,
  candidates: readonly MaybeBuilder[],
  {
    names,
    choice,
    shown,
  }: {
    readonly names: readonly string[];
    readonly choice: BuilderChoice;
    readonly shown: Shown;
  },
): Result<MaybeBuilder, CortexError> {
  const lines = new Lines(module.text);
  if (choice.builder !== undefined) return named(candidates, choice.builder, { lines, shown });
  for (const tier of tiers(module, candidates, { names, shown })) {
    const found = tier();
    const [builder, ...others] = found;
    if (builder && others.length === 0) return ok(builder);
    if (builder) return refuse(twoBuildersError(found.map((one) => place(one, lines))));
  }
  return refuse(noBuilderError(names, lines.count));
}

function named(
  candidates: readonly MaybeBuilder[],
  wish: string,
  { lines, shown }: { lines: Lines; shown: Shown },
): Result<MaybeBuilder, CortexError> {
  const plain = wish.replaceAll(/\(.*\)/g, '');
  const last = plain.split('.').at(-1);
  const builder =
    candidates.find((one) => labelOf(one) === plain) ??
    candidates.find(({ name }) => name === plain) ??
    candidates.find(({ name }) => name === last) ??
    (shown.script?.name === plain ? shown.script : null);
  return builder
    ? ok(builder)
    : refuse(
        builderMissingError(
          wish,
          candidates.map((one) => place(one, lines)),
        ),
      );
}

const labelOf = ({ owner, name }: MaybeBuilder): string =>
  owner === null ? name : `${owner.name}.${name}`;

const place = (candidate: MaybeBuilder, lines: Lines): { name: string; line: number } => ({
  name: labelOf(candidate),
  line: lines.lineAt(candidate.span.start),
});

type Tier = () => readonly MaybeBuilder[];

/** From the surest to the least likely; each is looked at only where those before have none. */
function tiers(
  module: PythonModule,
  candidates: readonly MaybeBuilder[],
  { names, shown }: { names: readonly string[]; shown: Shown },
): readonly Tier[] {
  const functions = candidates.filter(
    ({ kind, name }) => kind !== 'class' && !name.startsWith('__'),
  );
  const classes = candidates.filter(({ kind, isModel }) => kind === 'class' && isModel);
  const outer = (list: readonly MaybeBuilder[]): readonly MaybeBuilder[] =>
    outermost(module, list, candidates);
  const made = classes.filter(({ statement }) => shown.classes.some((it) => it === statement));
  const makers = (list: readonly MaybeBuilder[]): readonly MaybeBuilder[] =>
    list.length > 40 ? [] : list.filter((one) => shown.makes(one));
  return [
    () => functions.filter(({ name }) => names.includes(name)),
    () => outer(makers(functions.filter(({ name }) => LIKELY.test(name)))),
    () => outer(made),
    () => (shown.script ? [shown.script] : []),
    () => sole(outer([...makers(functions), ...classes])),
    () => sole(outer(classes)),
    () => outer([...makers(functions), ...classes]),
  ];
}

const sole = (list: readonly MaybeBuilder[]): readonly MaybeBuilder[] =>
  list.length === 1 ? list : [];

/** Without those that another one uses: they are its parts. */
function outermost(
  { text }: PythonModule,
  list: readonly MaybeBuilder[],
  all: readonly MaybeBuilder[],
): readonly MaybeBuilder[] {
  const uses = (user: MaybeBuilder, used: MaybeBuilder): boolean =>
    new RegExp(`\\b${used.name}\\b\\s*[(,)\\]]`).test(
      text.slice(user.bodySpan.start, user.bodySpan.end),
    );
  const isPart = (one: MaybeBuilder): boolean =>
    all.some((other) => other !== one && list.includes(other) && uses(other, one)) ||
    list.some((other) => other !== one && within(one, other) && other.kind !== 'class');
  const outer = list.filter((one) => !isPart(one));
  return outer.length > 0 ? outer : list;
}

const within = ({ span }: MaybeBuilder, outer: MaybeBuilder): boolean =>
  span.start > outer.span.start && span.end <= outer.span.end;
