// Stands where Cortex's side of a node stands, and sleeps for as long as a trial may take: what the
// way to a node and back costs beside the training.
const { createInterface } = require('node:readline');

const environment = { cortex: '0', runtime: 'sleep', probe: {}, versions: {}, platform: 'any' };
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const message = JSON.parse(line);
    if (message.type === 'hello') say({ type: 'ready', holds: true });
    if (message.type === 'train')
      setTimeout(() => finish(message), message.order.limits.trialSeconds * 1000);
  })
  .on('close', () => process.exit(0));

function finish({ id, order: { seeds } }) {
  for (const seed of seeds) {
    const seconds = { fit: 0, total: 0 };
    const trial = { outcome: 'completed', seed, measures: {}, curves: {}, epochs: 1, seconds };
    say({ type: 'reply', id, reply: { type: 'trial', id: '1', trial }, bytes: 0 });
  }
  const reply = { type: 'trained', id: '1', parameters: null, dataHash: null };
  say({
    type: 'answer',
    id,
    answer: { kind: 'answered', stopped: null, phase: 'fit', environment, reply },
  });
}
