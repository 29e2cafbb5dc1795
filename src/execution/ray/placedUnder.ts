import type { NodeOrder } from './hostMessages.ts';

/** The same order, its paths as they are on this node. */
export function placedUnder(message: NodeOrder): NodeOrder {
  const { root, study, order } = message;
  const { variant, start, teachers } = order;
  const here = (path: string): string => root + path;
  return {
    ...message,
    study: { ...study, folder: here(study.folder), modelPath: here(study.modelPath) },
    sources: message.sources.map(here),
    attachedFolder: here(message.attachedFolder),
    order: {
      ...order,
      variant: { ...variant, path: here(variant.path) },
      ...(start && { start: start.map(({ seed, path }) => ({ seed, path: here(path) })) }),
      ...(teachers && { teachers: taughtHere(teachers, here) }),
    },
  };
}

const taughtHere = (
  { paths, source, ...own }: NonNullable<NodeOrder['order']['teachers']>,
  here: (path: string) => string,
) => ({
  ...own,
  paths: paths.map(here),
  ...(source && { source: { ...source, path: here(source.path) } }),
});
