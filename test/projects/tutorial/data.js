// make_regression as scikit-learn documents it: 10,000 rows of 100 standard normal features, 10 of them informative with
// coefficients up to 100, noise 0.1, the target raw. Made by code, from one seed.
const ROWS = 10_000;
const FEATURES = 100;
const INFORMATIVE = 10;

exports.loadData = () => {
  let state = 20_240_501;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const coefficients = Array.from({ length: INFORMATIVE }, () => 100 * random());
  const inputs = Array.from({ length: ROWS }, () => Array.from({ length: FEATURES }, normal));
  const targets = inputs.map((row) => coefficients.reduce((sum, coefficient, column) => sum + coefficient * row[column * 7], 0.1 * normal()));
  return { inputs, targets };
};
