import type { Diagnosis, Finding, FindingKind } from '../../log/diagnosis.ts';
import type { Answers } from './operator.ts';
import type { OperatorContext } from './operatorContext.ts';

/** How hard each finding presses, 0–1. */
type Symptoms = ReadonlyMap<FindingKind, number>;

const PRESSURE: Readonly<Record<Finding['severity'], number>> = {
  info: 0.3,
  warning: 0.6,
  problem: 1,
};
/** Figures that every log has: reported as `info` they say that all is well. */
const FIGURES: readonly FindingKind[] = [
  'improvement-rate',
  'convergence-trend',
  'train-validation-gap',
  'overfitting',
];
const OVERFITTING: Readonly<Record<Diagnosis['overfitting'], number>> = {
  unlikely: 0,
  'cannot-tell': 0,
  moderate: 0.5,
  likely: 1,
};

/** What is complained of: what the log shows, and the finding the user points at. */
type Complaint = Pick<OperatorContext, 'diagnosis' | 'focus'>;

/**
 * Findings and figures of a diagnosis as one map; what the user points at presses as hard as can
 * be.
 */
export function symptomsOf({ diagnosis, focus }: Complaint): Symptoms {
  const symptoms = new Map<FindingKind, number>([
    ['overfitting', OVERFITTING[diagnosis.overfitting]],
  ]);
  for (const finding of diagnosis.findings) {
    symptoms.set(finding.kind, Math.max(symptoms.get(finding.kind) ?? 0, pressureOf(finding)));
  }
  return focus === null ? symptoms : symptoms.set(focus, 1);
}

const pressureOf = ({ kind, severity }: Finding): number =>
  severity === 'info' && FIGURES.includes(kind) ? 0 : PRESSURE[severity];

/**
 * How much the symptoms call for an operator, 0.02–0.95: every finding it answers adds, every one
 * it worsens takes away.
 */
export function needOf(symptoms: Symptoms, answers: Answers, base: number): number {
  let unmet = 1 - base;
  let harm = 1;
  for (const [kind, pressure] of symptoms) {
    const answer = answers[kind] ?? 0;
    if (answer > 0) unmet *= 1 - answer * pressure;
    else harm *= 1 + answer * pressure;
  }
  return Math.min(0.95, Math.max(0.02, (1 - unmet) * harm));
}

/**
 * The finding an operator answers: the one the user points at, else the one it answers most
 * strongly; `null` when nothing that presses is among them.
 */
export function answeredFinding(complaint: Complaint, answers: Answers): Finding | null {
  const { diagnosis, focus } = complaint;
  const symptoms = symptomsOf(complaint);
  const asked = diagnosis.findings.find(({ kind }) => kind === focus);
  if (asked && (answers[asked.kind] ?? 0) > 0) return asked;
  const weight = ({ kind }: Finding): number => (answers[kind] ?? 0) * (symptoms.get(kind) ?? 0);
  const [best] = [...diagnosis.findings].sort((a, b) => weight(b) - weight(a));
  return best && weight(best) > 0 ? best : null;
}
