import type { Framework } from '../../model/pythonFramework.ts';
import { CortexError } from '../../util/errors.ts';

const NAMES: Readonly<Record<Framework | 'ray', string>> = {
  keras: 'Keras and NumPy',
  torch: 'PyTorch and NumPy',
  ray: 'Ray',
};

const MAKE: Readonly<Record<Framework | 'ray', string>> = {
  keras: "python3 -m venv .venv && .venv/bin/python -m pip install keras 'jax[cpu]'",
  torch: 'python3 -m venv .venv && .venv/bin/python -m pip install torch numpy',
  ray:
    "python3 -m venv .venv && .venv/bin/python -m pip install 'ray[client]' (in the version of " +
    'the cluster)',
};

/** No interpreter of the project can train the model file; says which were asked. */
export const pythonLacksFramework = (
  framework: Framework | 'ray',
  tried: readonly string[],
): CortexError =>
  new CortexError({
    code: 'python-not-found',
    kind: 'environment',
    happened:
      `No Python with ${NAMES[framework].replace(' and NumPy', '')} was found. ` +
      (tried.length === 0 ? 'There is no Python here.' : `Tried: ${tried.join('; ')}.`),
    expected: `Python 3.9 or newer with ${NAMES[framework]}.`,
    remedy:
      `Name one in the setting cortex.python (--python), or make one in the project's folder: ` +
      MAKE[framework],
  });
