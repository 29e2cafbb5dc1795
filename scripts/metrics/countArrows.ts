import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';

/** Imports that the house forbids, each as `from → to`. */
export interface ArrowCount {
  /** Files that import themselves by way of others, types included. */
  readonly circles: readonly string[];
  /** Files that import from their own floor's neighbours or from a floor above. */
  readonly up: readonly string[];
}

/** Follows the imports of a folder by the rules of .dependency-cruiser.cjs. */
export async function countArrows(folder: string): Promise<ArrowCount> {
  const rules = await extractDepcruiseConfig(`${process.cwd()}/.dependency-cruiser.cjs`);
  const { output } = await cruise([folder], { ...rules.options, validate: true, ruleSet: rules });
  const { violations } = (output as ICruiseResult).summary;
  const brokenBy = (belongs: (rule: string) => boolean): readonly string[] =>
    violations.filter(({ rule }) => belongs(rule.name)).map(({ from, to }) => `${from} → ${to}`);
  return {
    circles: brokenBy((rule) => rule === 'no-circle'),
    up: brokenBy((rule) => rule.startsWith('floor-')),
  };
}
