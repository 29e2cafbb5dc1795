import type { Argument } from '../../../../model/architecture.ts';
import type { Value } from '../../../../model/values.ts';
import { string } from '../../../../model/values.ts';

/** A module's type and arguments in tfjs's words. */
interface Adapted {
  readonly type: string;
  readonly args: readonly Argument[];
}

const LABELS = new Set(['inplace', 'device', 'dtype', 'training', 'batchFirst', 'ceilMode']);

/**
 * PyTorch pads by numbers where tfjs says `same` and `valid`, and pools to a size of 1 where tfjs
 * pools globally.
 */
export function adapted(type: string, written: readonly Argument[]): Adapted {
  const args = written.filter(({ name }) => !LABELS.has(name));
  const adaptive = /^adaptive(Average|Max)Pooling(\dd)$/.exec(type);
  const size = args.find(({ name }) => name === 'outputSize')?.value;
  if (adaptive && size && isOne(size))
    return {
      type: `global${adaptive[1] ?? ''}Pooling${adaptive[2] ?? ''}`,
      args: args.map((it) =>
        it.name === 'outputSize'
          ? { ...it, name: 'keepdims', value: { kind: 'boolean', value: true } }
          : it,
      ),
    };
  return { type, args: args.flatMap((argument) => padded(argument, { type, args })) };
}

const isOne = (value: Value): boolean =>
  value.kind === 'list' ? value.items.every(isOne) : value.kind === 'number' && value.value === 1;

function padded(argument: Argument, { type, args }: Adapted): Argument[] {
  if (argument.name !== 'padding' || !/^conv\dd$|Pooling/.test(type)) return [argument];
  const kernel = sizes(args, type.includes('ooling') ? 'poolSize' : 'kernelSize');
  const dilation = sizes(args, 'dilationRate') ?? [1];
  const padding = numbersIn(argument.value);
  if (!padding) return [argument];
  if (padding.every((size) => size === 0)) return [];
  const same =
    kernel !== null &&
    !type.includes('ooling') &&
    padding.length <= kernel.length &&
    kernel.every((size, axis) => {
      const reach = (size - 1) * (dilation[axis] ?? dilation[0] ?? 1);
      return 2 * (padding[axis] ?? padding[0] ?? 0) === reach;
    });
  return [same ? { ...argument, value: string('same') } : argument];
}

const sizes = (args: readonly Argument[], name: string): readonly number[] | null => {
  const value = args.find((argument) => argument.name === name)?.value;
  return value ? numbersIn(value) : null;
};

function numbersIn(value: Value): readonly number[] | null {
  if (value.kind === 'number') return [value.value];
  if (value.kind !== 'list') return null;
  const numbers = value.items.map((item) => (item.kind === 'number' ? item.value : null));
  return numbers.includes(null) ? null : numbers.filter((one) => one !== null);
}
