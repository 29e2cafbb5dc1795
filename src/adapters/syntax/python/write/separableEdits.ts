import type { ArchitectureEdit } from '../../../../model/edits.ts';
import { boolean, number } from '../../../../model/values.ts';
import { STATED } from './widths.ts';

/** PyTorch: a convolution of each channel by itself, and the old one over the channels alone. */
export function separable(
  edit: Extract<ArchitectureEdit, { kind: 'replaceLayer' }>,
  { after, width }: { readonly after: number | 'input'; readonly width: number | null },
): readonly ArchitectureEdit[] {
  if (width === null) return [edit];
  const args = edit.with.arguments.filter(({ name }) => !STATED.includes(name));
  const own = args.filter(({ name }) => !['filters', 'useBias', 'activation'].includes(name));
  const mixing = args.filter(({ name }) => ['filters', 'useBias'].includes(name));
  const each = [
    { name: 'filters', value: number(width) },
    ...own,
    { name: 'groups', value: number(width) },
    { name: 'useBias', value: boolean(false) },
  ];
  const over = [...mixing, { name: 'kernelSize', value: number(1) }];
  return [
    { kind: 'insertLayers', after, layers: [{ type: 'conv2d', arguments: each }] },
    { kind: 'replaceLayer', layer: edit.layer + 1, with: { type: 'conv2d', arguments: over } },
  ];
}
