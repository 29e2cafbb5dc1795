const LOWER =
  /loss$|^(?:cross_?entropy|xentropy|bce|l2_root|rmsle|huber|mphe|quantile|mae|mse|rmse|mape|msle|error|error_rate|merror|perplexity|ppl|wer|cer|fid|nll|l1|l2|hinge|deviance|brier|bpb|bpc|cost)$/;
const HIGHER =
  /(?:^|_)(?:accuracy|auc|aucpr|f1|precision|recall|r2|map\d*|ap|iou|miou|dice|bleu|rouge\w?|ndcg|mcc|kappa|psnr|ssim|specificity|sensitivity)(?:_score)?$/;

/**
 * Which way a series gets better, by its name; `null` where the name does not say: then a person
 * has to.
 */
export function metricDirection(series: string): 'minimize' | 'maximize' | null {
  const name = series.toLowerCase().replace(/^(?:val|test|best|metrics)[_/]/, '');
  if (LOWER.test(name)) return 'minimize';
  return HIGHER.test(name) ? 'maximize' : null;
}
