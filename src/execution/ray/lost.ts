import type { Environment } from '../../record/environment.ts';
import { stopReasonOf } from '../requestGuard.ts';
import type { WorkerAnswer } from '../workerSource.ts';
import type { SlotEnd } from './bridge.ts';
import type { Facts } from './bridgeMessages.ts';

/** How a training ends whose node is lost, or what ran there. */
export const lostAnswer = (
  facts: Facts | null,
  { signal, why }: { readonly signal: AbortSignal; readonly why: string },
): WorkerAnswer => ({
  kind: 'died',
  stopped: signal.aborted ? stopReasonOf(signal) : null,
  phase: 'data',
  why: null,
  death: {
    code: null,
    signal: 'SIGKILL',
    stderr: [`The node ${facts?.host ?? 'of the cluster'} was lost. ${why}`.trim()],
    forged: false,
  },
  environment: unknownEnvironment(facts),
});

/** A slot ended before it was ready: another one is asked for. */
export class SlotLost extends Error {
  constructor({ how, code, stderr }: SlotEnd) {
    const last = stderr.at(-1) ?? '';
    super(how === 'lost' ? `lost: ${last}` : `ended with ${String(code)}: ${last}`);
    this.name = 'SlotLost';
  }
}

/** Of a training whose node was lost before it told. */
const unknownEnvironment = (facts: Facts | null): Environment => ({
  cortex: '',
  runtime: '',
  probe: {},
  versions: {},
  platform: facts?.platform ?? '',
});
