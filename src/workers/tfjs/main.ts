// The worker program: reads requests, answers each, ends when its input does; or, with `--observe`,
// looks at a training script once. The one place of the worker that catches everything.
import { CortexError, refusalOf } from '../../util/errors.ts';
import { PROTOCOL_VERSION, type Request, type Work } from '../../execution/protocol.ts';
import { readRequests, replier } from './channel.ts';
import { badRequest, protocolMismatch, workerDefect } from './errors.ts';
import { observe } from './observe/observe.ts';
import { isWithin, startSession, type WorkerSession } from './session.ts';

type Hello = Extract<Request, { type: 'hello' }>;

const running = new Map<string, AbortController>();
let session: WorkerSession | null = null;
let send = replier('');
let queue: Promise<void> = Promise.resolve();

const [, , wish, assetFolder = '', folder = '', answerPath = '', script = ''] = process.argv;
if (wish === '--observe') void observe({ assetFolder, folder, answerPath, script });
else serve();

function serve(): void {
  readRequests(process.stdin, {
    onRequest: (request, frame) => {
      if (request.type === 'cancel') running.get(request.id)?.abort();
      else if (isWithin(request)) session?.take(request, frame);
      else
        queue = queue.then(() =>
          request.type === 'hello' ? greet(request) : work(request, frame),
        );
    },
    onBad: (problem) => refuse(null, badRequest(problem)),
    onEnd: () => process.exit(0),
  });
  // Code the user's file left behind (a timer, a forgotten promise) may throw at any time: say so,
  // then go.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, lastWords);
}

async function greet(hello: Hello): Promise<void> {
  try {
    send = replier(hello.word);
    if (hello.protocol !== PROTOCOL_VERSION)
      throw protocolMismatch(hello.protocol, PROTOCOL_VERSION);
    session = await startSession(hello, send);
    send({
      type: 'ready',
      protocol: PROTOCOL_VERSION,
      environment: session.environment,
    });
  } catch (error) {
    refuse(null, error);
  }
}

async function work(request: Work, frame: Uint8Array): Promise<void> {
  const controller = new AbortController();
  running.set(request.id, controller);
  try {
    if (!session) throw badRequest('work before hello');
    await session.answer(request, controller.signal, frame);
  } catch (error) {
    refuse(request.id, error);
  } finally {
    running.delete(request.id);
  }
}

function refuse(id: string | null, thrown: unknown): void {
  const error = thrown instanceof CortexError ? thrown : workerDefect(thrown);
  send({ type: 'refused', id, error: refusalOf(error) });
}

function lastWords(thrown: unknown): void {
  const [id] = running.keys();
  const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  process.stderr.write(`${message}\n`);
  if (id === undefined) refuse(null, thrown);
  else
    send({
      type: 'leaving',
      id,
      failure: {
        kind: 'builder',
        message: `Code the model file left behind threw: ${message.split('\n')[0] ?? ''}`,
        line: null,
        stderr: [],
      },
    });
  process.exit(1);
}
