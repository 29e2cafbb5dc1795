// What an editor needs to know of TensorFlow.js to read model.ts, in a few lines.
// After `npm install @tensorflow/tfjs` its own types are used instead (see tsconfig.json).

interface Settings {
  readonly [name: string]: unknown;
}

export interface Layer {
  apply(inputs: SymbolicTensor | SymbolicTensor[]): SymbolicTensor;
}
export interface SymbolicTensor {
  readonly shape: (number | null)[];
}
export interface Optimizer {
  minimize(f: () => unknown): unknown;
}
export interface LayersModel {
  compile(settings: Settings): void;
  summary(): void;
}
export interface Sequential extends LayersModel {
  add(layer: Layer): void;
}

type Factory<Made> = (settings?: Settings) => Made;

export function sequential(settings?: Settings): Sequential;
export function model(settings: Settings): LayersModel;
export function input(settings: Settings): SymbolicTensor;
export const layers: Record<string, Factory<Layer>>;
export const regularizers: Record<string, Factory<object>>;
export const initializers: Record<string, Factory<object>>;
export const constraints: Record<string, Factory<object>>;
export const train: Record<string, (...settings: number[]) => Optimizer>;
