// node predict_several.mjs <folder of an export as tfjs> [file with its own layers] < rows.json – several inputs or outputs
import * as tf from '@tensorflow/tfjs';
import { readFileSync as read } from 'node:fs';
import { resolve } from 'node:path';

const [folder, own] = process.argv.slice(2);
if (own) await import(resolve(own)); // it calls tf.serialization.registerClass
const { modelTopology, weightsManifest } = JSON.parse(read(`${folder}/model.json`, 'utf8'));
const { inputShape, places = [{ shape: inputShape }], inputs } = JSON.parse(read(`${folder}/preprocessing.json`, 'utf8'));
const bytes = Buffer.concat(weightsManifest[0].paths.map((name) => read(`${folder}/${name}`)));
const weights = { weightSpecs: weightsManifest[0].weights, weightData: new Uint8Array(bytes).buffer };
const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, ...weights }));
const scaled = (value, at) => (inputs ? (value - inputs.mean[at]) / inputs.deviation[at] : value);
const rows = tf.tensor(JSON.parse(read(0, 'utf8')).map((row) => row.map(scaled))); // inputs side by side
const parts = tf.split(rows, places.map(({ shape }) => tf.util.sizeFromShape(shape)), 1);
const asked = places.map(({ shape }, at) => parts[at].reshape([-1, ...shape]));
const byName = (name) => asked[places.findIndex((place) => place.name === name)];
const outputs = model.predict(model.inputNames.map((name, at) => byName(name) ?? asked[at]));
console.log(JSON.stringify([outputs].flat().map((output) => output.arraySync())));
