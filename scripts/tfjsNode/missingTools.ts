import { run } from '../../test/vscode/run.ts';

interface Tool {
  readonly command: string;
  readonly args: readonly string[];
  /** What is missing, and how to get it. */
  readonly advice: string;
}

/** The C++ compiler: `CXX`, or the system's. */
export const compiler = (): string => process.env.CXX || 'c++';

const tools = (): readonly Tool[] => [
  {
    command: 'python3',
    args: ['-m', 'pip', '--version'],
    advice:
      "Python's pip is missing (Debian, Ubuntu: apt install python3-pip; Fedora: dnf install " +
      'python3-pip).',
  },
  {
    command: compiler(),
    args: ['--version'],
    advice:
      'A C++ compiler is missing (Debian, Ubuntu: apt install g++; Fedora: dnf install gcc-c++).',
  },
];

/** One sentence for everything that building tfjs-node needs and this machine lacks. */
export async function missingTools(): Promise<string[]> {
  if (process.platform !== 'linux') {
    return [
      `Building it from Python's wheel works on Linux only; on ${process.platform} run \`npm ` +
        'rebuild @tensorflow/tfjs-node` where storage.googleapis.com can be reached.',
    ];
  }
  const missing = await Promise.all(
    tools().map(async ({ command, args, advice }) => ((await runs(command, args)) ? [] : [advice])),
  );
  return missing.flat();
}

const runs = (command: string, args: readonly string[]): Promise<boolean> =>
  run(command, args).then(
    () => true,
    () => false,
  );
