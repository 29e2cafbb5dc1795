import type { TrainProgress } from '../../../ports/trainer.ts';
import { formatNumber } from '../../../record/format.ts';

/** `seed 2/3  epoch 7/20  loss 0.31  val_loss 0.35  0:12 left`. */
export function progressText(progress: TrainProgress | null): string {
  if (!progress) return 'starting';
  return [
    `seed ${progress.seedIndex + 1}/${progress.seedCount}`,
    epochText(progress),
    ...losses(progress),
    ...timeLeft(progress),
  ].join('  ');
}

/**
 * The same for a narrow row: `epoch 7/20  0:12 left` and, where there is room, `loss 0.31  val_loss
 * 0.35  seed 2/3`.
 */
export function progressParts(progress: TrainProgress | null): {
  readonly label: string;
  readonly description: string;
} {
  if (!progress) return { label: 'starting', description: '' };
  const { seedIndex, seedCount } = progress;
  return {
    label: [epochText(progress), ...timeLeft(progress)].join('  '),
    description: [...losses(progress), `seed ${seedIndex + 1}/${seedCount}`].join('  '),
  };
}

const epochText = ({ epoch, epochs, fold }: TrainProgress): string =>
  `${fold ? `fold ${fold.number}/${fold.count}  ` : ''}epoch ${epoch}/${epochs}`;

const losses = ({ logs }: TrainProgress): readonly string[] =>
  ['loss', 'val_loss'].flatMap((key) =>
    logs[key] === undefined ? [] : [`${key} ${formatNumber(logs[key])}`],
  );

const timeLeft = ({ secondsLeft }: TrainProgress): readonly string[] =>
  secondsLeft === null ? [] : [`${clockText(secondsLeft)} left`];

/** `0:12`, `12:05`, `1:02:05`. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [
    Math.floor(whole / 3600),
    Math.floor(whole / 60) % 60,
    whole % 60,
  ];
  const tail = String(rest).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}
