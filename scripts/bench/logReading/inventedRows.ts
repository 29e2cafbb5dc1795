import { scoreInvented } from '../../../test/unit/log/scoreInvented.ts';
import type { Row } from '../row.ts';

/** Logs by grammars that nobody has written, read without knowing them. */
export function inventedRows(least: number): Row[] {
  const { logs, exact, wrong } = scoreInvented(1, 10_000);
  const share = exact / logs;
  return [
    {
      figure: `invented grammars, ${logs} logs read in full`,
      goal: `≥ ${100 * least} %`,
      measured: `${(100 * share).toFixed(2)} %`,
      ratio: (share / least).toFixed(2),
      met: share >= least,
    },
    {
      figure: '  wrong numbers among those shown',
      goal: '0',
      measured: String(wrong),
      ratio: wrong === 0 ? '1.00' : '0.00',
      met: wrong === 0,
    },
  ];
}
