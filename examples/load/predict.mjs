// node predict.mjs <folder of an export as tfjs> < rows.json – prints the outputs of each row
import * as tf from '@tensorflow/tfjs';
import { readFileSync as read } from 'node:fs';

const folder = process.argv[2];
const { modelTopology, weightsManifest } = JSON.parse(read(`${folder}/model.json`, 'utf8'));
const { inputShape, inputs, targets } = JSON.parse(read(`${folder}/preprocessing.json`, 'utf8'));
const bytes = Buffer.concat(weightsManifest[0].paths.map((name) => read(`${folder}/${name}`)));
const weights = { weightSpecs: weightsManifest[0].weights, weightData: new Uint8Array(bytes).buffer };
const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, ...weights }));
const scaled = (value, at) => (inputs ? (value - inputs.mean[at]) / inputs.deviation[at] : value);
const rows = JSON.parse(read(0, 'utf8')).map((row) => row.map(scaled)); // flat rows of numbers
const back = (value, at) => (targets ? value * targets.deviation[at] + targets.mean[at] : value);
const outputs = model.predict(tf.tensor(rows.flat(), [rows.length, ...inputShape])).arraySync();
console.log(JSON.stringify(outputs.map((row) => row.map(back))));
