import { EventEmitter, type Disposable } from 'vscode';
import type { LoopEvent } from '../../../loop/loopEvent.ts';
import { Disposables } from '../disposables.ts';
import type { EngineHost } from '../engineHost.ts';
import { Throttle } from '../throttle.ts';
import { followTraining, type LiveTraining } from './liveTraining.ts';
import type { Runs } from './runs.ts';
import { stepText } from './stepText.ts';

const PROGRESS_MS = 200;

/** The current training and the step before it, told at most five times a second. */
export class LiveProgress implements Disposable {
  readonly #runs: Runs;
  readonly #changed = new EventEmitter<void>();
  readonly #disposables = new Disposables();
  readonly #throttle = new Throttle(PROGRESS_MS, () => {
    this.#changed.fire();
  });
  #training: LiveTraining | null = null;
  #step = '';
  #isWaiting = false;

  readonly onDidChange = this.#changed.event;

  constructor(engine: EngineHost, runs: Runs) {
    this.#runs = runs;
    this.#disposables.add(
      this.#changed,
      this.#throttle,
      engine.onEvent((event) => {
        this.#follow(event);
      }),
      runs.onDidChange(() => {
        this.#begin();
      }),
    );
  }

  get training(): LiveTraining | null {
    return this.#training;
  }

  /** It is the user's turn: a proposal is under review. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** What happens while nothing trains: `preparing`, `waiting for your review`. */
  get step(): string {
    return this.#step;
  }

  /** It is the user's turn for another reason than a review. */
  wait(step: string): void {
    this.#step = step;
    this.#isWaiting = true;
    this.#throttle.poke();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #begin(): void {
    this.#training = null;
    this.#step = 'preparing';
    this.#isWaiting = false;
    this.#throttle.poke();
  }

  #follow(event: LoopEvent): void {
    this.#training = followTraining(this.#training, event);
    this.#step = stepText(event, this.#runs.current?.automatic === true) ?? this.#step;
    if (event.kind !== 'progress')
      this.#isWaiting = event.kind === 'proposed' && !this.#runs.current?.automatic;
    this.#throttle.poke();
  }
}
