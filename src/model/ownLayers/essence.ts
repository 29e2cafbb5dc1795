/** A source without comments and docstrings, spaces, quotes and the paths in front of names. */
export const essence = (source: string): string =>
  source
    .replaceAll(/\/\*[^]*?\*\/|"""[^]*?"""/g, '')
    .replaceAll(/\b(?:[a-zA-Z_]\w*\.)+(?=[a-zA-Z_])/g, '')
    .replaceAll(/["'\s;]/g, '')
    .replaceAll(/,(?=[)\]}])/g, '');
