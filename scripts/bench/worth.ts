import { CHOSEN, rateRule, RULES, type RuleScore } from './judging/epochRules.ts';
import { EXAMPLES, trainRuled } from './judging/ruledTrials.ts';
import { percent } from './judging/simulated.ts';
import type { Row } from './row.ts';

/** Enough for two races of six that share none, and for a mean to be held for the truth. */
const SEEDS = 12;

/**
 * What of a training is to count? Real trainings of the examples, each rule the same for both sides
 * of a comparison: errors where there is nothing, right and wrong verdicts where the truth (rows
 * that no rule saw, all seeds) is beyond doubt, and how three seeds rank the variants.
 * `--part=diabetes` measures one example alone.
 */
export async function bench(): Promise<Row[]> {
  const rows: Row[] = [];
  const asked = process.argv.flatMap((word) => /^--part=(.*)$/.exec(word)?.slice(1) ?? []);
  for (const example of asked.length > 0 ? asked : Object.keys(EXAMPLES)) {
    const variants = await trainRuled(example, SEEDS);
    const scores = Object.entries(RULES).map(
      ([name, rule]) => [name, rateRule(rule, variants)] as const,
    );
    const most = Math.max(...scores.map(([, { withEnd }]) => withEnd.right));
    for (const [name, score] of scores) rows.push(rowOf(`${example}: ${name}`, score, most));
    rows.push(chosenRow(example, Object.fromEntries(scores)[CHOSEN], most));
  }
  return rows;
}

const rowOf = (figure: string, score: RuleScore, most: number): Row => ({
  figure,
  goal: '–',
  measured: scoreText(score),
  ratio: (score.withEnd.right / most).toFixed(2),
  met: true,
});

function chosenRow(example: string, score: RuleScore | undefined, most: number): Row {
  const { falseBetter = 1, withEnd = { right: 0, wrong: 1 } } = score ?? {};
  return {
    figure: `${example}: what counts by default`,
    goal: 'right most often, none wrong, "better" of nothing ≤ 5 %',
    measured: `right ${percent(withEnd.right)} of ${percent(most)} at most`,
    ratio: (withEnd.right / most).toFixed(2),
    met: withEnd.right === most && withEnd.wrong === 0 && falseBetter <= 0.05,
  };
}

const scoreText = ({ falseBetter, falseWorse, withEnd, withOwn }: RuleScore): string =>
  `A/A better ${percent(falseBetter)}, worse ${percent(falseWorse)}; right ` +
  `${percent(withEnd.right)}, wrong ${percent(withEnd.wrong)}, rank ${withEnd.rank.toFixed(2)} ` +
  `(by its own epoch ${percent(withOwn.right)}, ${percent(withOwn.wrong)}, ` +
  `${withOwn.rank.toFixed(2)})`;
