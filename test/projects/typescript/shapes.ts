export interface Shapes {
  inputShape: number[];
  outputUnits: number;
}

export const scaled = <T extends number>(units: T): number => units * 2;
