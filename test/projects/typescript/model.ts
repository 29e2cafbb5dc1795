import tensorflow, { layers, sequential } from '@tensorflow/tfjs-node';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import legacy = require('./legacy');
import sizes from './sizes.json';
import { Shapes, scaled } from './shapes.js';
import { Registry } from './registry';
export { Shapes } from './shapes';

enum Activation {
  Hidden = 'relu',
  Output = 'softmax',
}

namespace Layout {
  export const depth = 1;
  export namespace Inner {
    export const rate = 0.01;
  }
}

const enum Step {
  First = 1,
}

abstract class Base<T extends Shapes> {
  constructor(protected readonly shapes: T, private units: number = scaled(sizes.hidden)) {}

  abstract build(): LayersModel;

  protected width(): number {
    return this.units * legacy.factor * Step.First;
  }
}

@Registry.register
class Network extends Base<Shapes> {
  override build(): LayersModel {
    const model = sequential();
    const { inputShape, outputUnits } = this.shapes satisfies Shapes;
    for (let index = 0; index < Layout.depth; index += 1) model.add(layers.dense({ units: this.width(), activation: Activation.Hidden, inputShape }));
    model.add(tensorflow.layers.dense({ units: outputUnits, activation: Activation.Output }));
    model.compile({ optimizer: tensorflow.train.adam(Layout.Inner.rate), loss: 'categoricalCrossentropy' });
    return model!;
  }
}

export const build_model = async (shapes: Shapes): Promise<LayersModel> => new Network(shapes).build();
