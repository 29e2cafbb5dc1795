const tf = require('@tensorflow/tfjs-node');
const fs = require('fs');
const path = require('path');

function rows() {
  const lines = fs.readFileSync(path.join(__dirname, 'flowers.csv'), 'utf8').trim().split('\n');
  const cells = lines.slice(1).map((line) => line.split(',').map(Number));
  const xs = tf.tensor2d(cells.map((row) => row.slice(0, 2)));
  const ys = tf.oneHot(tf.tensor1d(cells.map((row) => row[2]), 'int32'), 3);
  return { xs, ys };
}

function createModel() {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 6, activation: 'relu', inputShape: [2] }));
  model.add(tf.layers.dense({ units: 3, activation: 'softmax' }));
  model.compile({ optimizer: tf.train.adam(0.02), loss: 'categoricalCrossentropy' });
  return model;
}

async function main() {
  fs.mkdirSync(path.join(__dirname, 'out'));
  fs.writeFileSync(path.join(__dirname, 'out', 'started.txt'), 'now');
  const { xs, ys } = rows();
  await createModel().fit(xs, ys, {
    epochs: 7,
    batchSize: 16,
    validationSplit: 0.25,
    callbacks: { onEpochEnd: (epoch, logs) => console.log(epoch, logs.loss) },
  });
}

if (require.main === module) main();
