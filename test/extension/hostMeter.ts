import { monitorEventLoopDelay } from 'node:perf_hooks';

const tick = 5;

/** How the extension host answered while something ran; milliseconds. */
export interface Responsiveness {
  /**
   * Delay of the event loop by the clock: also grows when the machine is busy with something else.
   */
  readonly delay99: number;
  readonly longestDelay: number;
  /**
   * Longest time between two turns in which this thread itself computed: what the extension is to
   * blame for.
   */
  readonly longestBlock: number;
}

/** Starts to measure; the returned function stops and gives the figures. */
export function meterHost(): () => Responsiveness {
  const delay = monitorEventLoopDelay({ resolution: tick });
  let longestBlock = 0;
  let before = ownMilliseconds();
  const timer = setInterval(() => {
    const now = ownMilliseconds();
    longestBlock = Math.max(longestBlock, now - before);
    before = now;
  }, tick);
  delay.enable();
  return () => {
    clearInterval(timer);
    delay.disable();
    const milliseconds = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - tick);
    return {
      delay99: milliseconds(delay.percentile(99)),
      longestDelay: milliseconds(delay.max),
      longestBlock,
    };
  };
}

/** One line for a test's title. */
export const describeFigures = ({ delay99, longestDelay, longestBlock }: Responsiveness): string =>
  `longest block ${longestBlock.toFixed(0)} ms; event loop delay 99 % ≤ ` +
  `${delay99.toFixed(0)} ms, longest ${longestDelay.toFixed(0)} ms`;

/** Processor time of this thread; of the process where the host's Node is older. */
function ownMilliseconds(): number {
  const { user, system } = process.threadCpuUsage?.() ?? process.cpuUsage();
  return (user + system) / 1000;
}
