import type { LibraryOptimizer } from '../../model/edits.ts';
import type { Sketch } from './sketch.ts';

/** What a first model is written in. */
export type StartLanguage = 'typescript' | 'javascript' | 'keras' | 'pytorch';

/** The languages whose builders are put together by edits. */
export type EditedLanguage = Exclude<StartLanguage, 'pytorch'>;

/** A builder with its output and nothing before it: what a sketch is written into. */
export function baseBuilder(
  { output, optimizer, shortcuts }: Sketch,
  language: EditedLanguage,
): string {
  const activation = output === 'classes' ? 'softmax' : 'linear';
  const rate = optimizer.learningRate;
  switch (language) {
    case 'typescript':
      return javaScript({ activation, rate, types: TYPES, optimizer: optimizer.type });
    case 'javascript':
      return javaScript({ activation, rate, types: NO_TYPES, optimizer: optimizer.type });
    case 'keras':
      return keras({
        activation,
        form: shortcuts.length > 0 ? FUNCTIONAL : SEQUENTIAL,
        optimizer: `${KERAS_OPTIMIZERS[optimizer.type]}(learning_rate=${rate})`,
      });
  }
}

const KERAS_OPTIMIZERS: Readonly<Record<LibraryOptimizer, string>> = {
  adam: 'Adam',
  adamax: 'Adamax',
  rmsprop: 'RMSprop',
  sgd: 'SGD',
  momentum: 'SGD',
  adagrad: 'Adagrad',
};

const SIZES = `/** What the data say of themselves. */
interface Sizes {
  inputShape: number[];
  outputUnits: number;
}

`;

const TYPES = { given: ': Sizes', made: ': tf.LayersModel', sizes: SIZES };
const NO_TYPES = { given: '', made: '', sizes: '' };

interface JavaScriptParts {
  readonly activation: string;
  readonly rate: number;
  readonly optimizer: string;
  readonly types: typeof TYPES;
}

const javaScript = ({ activation, rate, optimizer, types }: JavaScriptParts): string =>
  `import * as tf from '@tensorflow/tfjs';

${types.sizes}/** Builds the model that is trained; Cortex changes it from here. */
export function buildModel({ inputShape, outputUnits }${types.given})${types.made} {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: outputUnits, activation: '${activation}', inputShape }));
  model.compile({
    optimizer: tf.train.${optimizer}(${rate}${optimizer === 'momentum' ? ', 0.9' : ''}),
    loss: '${activation === 'softmax' ? 'categoricalCrossentropy' : 'meanSquaredError'}',
  });
  return model;
}
`;

/** A list of layers, which people read with ease. */
const SEQUENTIAL = (output: string): string => `    model = keras.Sequential(
        [
            keras.Input(shape=input_shape),
            ${output},
        ]
    )`;

/** Where something goes around a layer, each stands in a line of its own. */
const FUNCTIONAL = (output: string): string => `    inputs = keras.Input(shape=input_shape)
    outputs = ${output}(inputs)
    model = keras.Model(inputs, outputs)`;

interface KerasParts {
  readonly activation: string;
  readonly optimizer: string;
  readonly form: (output: string) => string;
}

const keras = ({ activation, optimizer, form }: KerasParts): string =>
  `import keras
from keras import layers


def build_model(input_shape, output_units):
    """Builds the model that is trained; Cortex changes it from here."""
${form(`layers.Dense(output_units, activation="${activation}")`)}
    model.compile(
        optimizer=keras.optimizers.${optimizer},
        loss="${activation === 'softmax' ? 'categorical_crossentropy' : 'mean_squared_error'}",
    )
    return model
`;
