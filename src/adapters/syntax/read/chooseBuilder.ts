import type { CortexError } from '../../../util/errors.ts';
import type { BuilderChoice } from '../../../model/modelFile.ts';
import { ok, refuse } from '../../../util/result.ts';
import type { Result } from '../../../util/result.ts';
import type { BuilderCode, ModuleCode } from '../code/moduleCode.ts';
import { builderMissingError, noBuilderError, twoBuildersError } from '../errors.ts';
import { Lines } from './lines.ts';
import { whyNoBuilder } from './whyNoBuilder.ts';

/** How a function is called that builds a model, where it has none of the agreed names. */
const LIKELY =
  /^(create|build|make|get|define|construct|init|setup|new|compile)\w*$|(model|network|net|nn|rnn|cnn|mlp|encoder|decoder)$/i;

/** As messages and `cortex.json` name a builder. */
export const builderLabel = ({ name, owner, reach }: BuilderCode): string => {
  const of = owner?.name ?? (reach?.kind === 'method' ? reach.owner : '');
  if (of === '') return name;
  return name === 'constructor' ? of : `${of}.${name}`;
};

/**
 * The builder a study means: the one it names, else the one with an agreed name, else the only one
 * that puts a model together and is no part of another.
 */
export function chooseBuilder(
  module: ModuleCode,
  names: readonly string[],
  { builder: wish }: BuilderChoice,
): Result<BuilderCode, CortexError> {
  const lines = new Lines(module.text);
  if (wish !== undefined) return named(module, wish);
  const found = likeliest(module.builders);
  const [builder, ...others] = found;
  if (!builder) return refuse(noBuilderError(names, lines.count, whyNoBuilder(module, lines)));
  if (others.length === 0) return ok(builder);
  const all = module.builders.filter((one) => found.includes(one) || isOneOfSeveral(module, one));
  return refuse(twoBuildersError(all.map((one) => place(one, lines))));
}

/** Other builders of the file, which a study may name instead; not the parts of the chosen one. */
export function otherBuilders(
  module: ModuleCode,
  chosen: BuilderCode,
): readonly { name: string; line: number }[] {
  const lines = new Lines(module.text);
  const isOther = (one: BuilderCode): boolean =>
    one !== chosen &&
    !(chosen.calls?.has(one.name) ?? false) &&
    (one.span.start < chosen.span.start || one.span.end > chosen.span.end) &&
    isOneOfSeveral(module, one);
  return module.builders.filter(isOther).map((one) => place(one, lines));
}

/** It puts a model together, and is no part of another that does. */
const isOneOfSeveral = ({ builders }: ModuleCode, one: BuilderCode): boolean =>
  one.reach?.kind !== 'top' && outermost(builders.filter(({ makes }) => makes)).includes(one);

/** The builders of a file that a study may name, each with its line. */
function buildersOf(module: ModuleCode): readonly { name: string; line: number }[] {
  const lines = new Lines(module.text);
  return module.builders.map((one) => place(one, lines));
}

function named(module: ModuleCode, wish: string): Result<BuilderCode, CortexError> {
  const plain = wish.replaceAll(/\(\)/g, '');
  const last = plain.split('.').at(-1);
  const builder =
    module.builders.find((one) => builderLabel(one) === plain) ??
    module.builders.find((one) => one.name === plain) ??
    module.builders.find((one) => one.name === last);
  return builder ? ok(builder) : refuse(builderMissingError(wish, buildersOf(module)));
}

const place = (builder: BuilderCode, lines: Lines): { name: string; line: number } => ({
  name: builderLabel(builder),
  line: lines.lineAt(builder.span.start),
});

/** The candidates of the best kind that there is. */
function likeliest(builders: readonly BuilderCode[]): readonly BuilderCode[] {
  const known = builders.filter((one) => one.known !== false);
  const makers = outermost(builders.filter((one) => one.makes));
  const isTop = ({ reach }: BuilderCode): boolean => reach?.kind === 'top';
  const isInner = ({ reach }: BuilderCode): boolean => reach?.kind === 'inner';
  const functions = makers.filter((one) => !isTop(one) && !isInner(one));
  const tiers = [
    known.filter(({ exported }) => exported),
    known,
    functions.filter((one) => one.exported && LIKELY.test(one.name)),
    functions.filter(({ name }) => LIKELY.test(name)),
    functions.filter(({ exported }) => exported),
    functions,
    makers.filter(isTop),
    makers,
  ];
  return tiers.find(({ length }) => length > 0) ?? [];
}

/** Without those that another one calls: they are its parts. */
function outermost(makers: readonly BuilderCode[]): readonly BuilderCode[] {
  const isPart = (one: BuilderCode): boolean =>
    makers.some((other) => other !== one && (other.calls?.has(one.name) ?? false));
  const outer = makers.filter((one) => !isPart(one));
  return outer.length > 0 ? outer : makers;
}
