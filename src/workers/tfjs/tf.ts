import type * as tensorflow from '@tensorflow/tfjs';

/** The runtime's whole namespace, whichever package it comes from. */
export type Tf = typeof tensorflow;
export type LayersModel = tensorflow.LayersModel;
export type Tensor = tensorflow.Tensor;
export type Scalar = tensorflow.Scalar;
export type TensorContainer = tensorflow.TensorContainer;
export type Dataset = tensorflow.data.Dataset<tensorflow.TensorContainer>;
