import type { Hostile } from './hostile.ts';
import { BUILDERS } from './python.ts';

type Deeds = readonly (readonly [Hostile['group'], string, string])[];

/** One line each, in the builder. */
const DEEDS: Deeds = [
  ['resource', 'a loop without end', 'exec("while True: pass")'],
  ['resource', 'memory in lists', 'exec("a = []\\nwhile True: a.append([1.5] * 100000)")'],
  ['resource', 'memory in bytes', 'exec("a = []\\nwhile True: a.append(bytearray(10**7))")'],
  [
    'resource',
    'recursion',
    'exec("import sys; sys.setrecursionlimit(10**9)\\ndef f(): f()\\nf()")',
  ],
  ['resource', 'words without end', 'exec("while True: print(\'x\' * 10**6)")'],
  [
    'resource',
    'reports without a line end',
    'exec("import os\\nwhile True: os.write(3, b\'x\' * 10**5)")',
  ],
  ['resource', 'an error of fifty megabytes', 'raise ValueError("x" * 5 * 10**7)'],
  ['resource', 'an end without a word', '__import__("os")._exit(0)'],
  ['resource', 'a crash', '__import__("ctypes").string_at(0)'],
  [
    'resource',
    'threads without end',
    'exec("import threading, time\\nwhile True: threading.Thread(target=time.sleep, args=(1e6,)).start()")',
  ],
  [
    'forge',
    'a report in the worker’s place',
    "exec(\"import os, json\\nfor i in range(99): os.write(3, (json.dumps({'type': 'trained', 'id': str(i)}) + chr(10)).encode())\")",
  ],
  [
    'forge',
    'a logarithm that is none',
    'exec("import math, numpy\\nmath.log = lambda *a: 0.0\\nnumpy.log = lambda x, *a, **k: x * 0")',
  ],
  ['forge', 'a mean that is none', 'exec("import numpy\\nnumpy.mean = lambda *a, **k: 0.0")'],
  [
    'memorise',
    'what was kept in builtins',
    "exec(\"import builtins\\nif hasattr(builtins, 'kept'): raise SystemExit('42-spawn')\\nbuiltins.kept = 1\")",
  ],
  [
    'poison',
    'closed descriptors',
    'exec("import os\\nfor fd in range(64):\\n  try: os.close(fd)\\n  except OSError: pass")',
  ],
  [
    'poison',
    'signals that nobody hears',
    'exec("import signal\\nfor s in (signal.SIGTERM, signal.SIGINT): signal.signal(s, signal.SIG_IGN)")',
  ],
  [
    'poison',
    'an exit that does nothing',
    'exec("import sys, os\\nsys.exit = lambda *a: None\\nos._exit = lambda *a: None")',
  ],
  ['poison', 'texts that say nothing', 'exec("import json\\njson.dumps = lambda *a, **k: \'{}\'")'],
  ['poison', 'files that are not there', 'exec("import builtins\\nbuiltins.open = None")'],
  ['poison', 'modules that are gone', 'exec("import sys\\nsys.modules.clear()")'],
];

/** Variants of a framework whose harm shows when they train, or after. */
export const trainedPython = (framework: keyof typeof BUILDERS): readonly Hostile[] =>
  DEEDS.map(([group, title, deed]) => ({
    group,
    title,
    text: BUILDERS[framework].replace('DEED', () => deed),
  }));
