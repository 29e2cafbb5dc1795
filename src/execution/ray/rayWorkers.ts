import { frameworkOfStudy } from '../pythonLaunch.ts';
import { refOf } from '../processWorkers.ts';
import type { Hearing, TrialOrder, WorkerAnswer, WorkerSource } from '../workerSource.ts';
import type { Study } from '../../study/study.ts';
import { CortexError } from '../../util/errors.ts';
import { sha256 } from '../../util/sha256.ts';
import { Cluster, type ClusterPlace, type Surveyed } from './cluster.ts';
import { lostAnswer, SlotLost } from './lost.ts';
import type { RaySlot } from './raySlot.ts';
import { studyFiles } from './studyFiles.ts';
import { Trees } from './tree.ts';

/** Where the workers' parts are, and which files of the user's a trial needs. */
export interface RayPlace extends ClusterPlace {
  /** How many slots; 0: as many as the cluster holds. */
  readonly slots: number;
  readonly attachedFolder: string;
  /** Files that a variant is built from. */
  readonly sources: (study: Study, text: string) => Promise<readonly string[]>;
  /** Files of the user's that the study needs beside those. */
  readonly needed: (study: Study) => Promise<readonly string[]>;
  /** Whether code of a proposal may run where nothing confines it. */
  readonly mayRunUnheld: () => Promise<boolean>;
}

/** One of the slots, whoever is on it. */
interface Seat {
  tail: Promise<void>;
  slot: { readonly key: string; readonly at: Promise<RaySlot> } | null;
  /** It cannot be had. */
  refused: CortexError | null;
}

/** The first trial on a node waits for the study's files: gigabytes, over some networks. */
const PLACE_SECONDS = 1800;

/** A node that goes says nothing of the trial on it: only one that takes many nodes along stops. */
const MOST_LEASES = 12;

/** Workers on the nodes of a Ray cluster, one a slot, kept warm; connected when first needed. */
export class RayWorkers implements WorkerSource {
  readonly patience = { startSeconds: PLACE_SECONDS, graceSeconds: 60 };
  readonly mostLeases = MOST_LEASES;
  readonly #place: RayPlace;
  readonly #cluster: Cluster;
  readonly #trees = new Trees();
  /** Studies by the hash of what a training reads of them. */
  readonly #inputs = new Map<string, Study>();
  #seats: Seat[] = [];
  #study: Study | null = null;

  constructor(place: RayPlace) {
    this.#place = place;
    this.#cluster = new Cluster(place);
  }

  /** Before it is connected: as many as were asked for, at least one. */
  get count(): number {
    return Math.max(1, this.#seats.length || this.#place.slots);
  }

  keep(study: Study): string {
    const hash = sha256(JSON.stringify(refOf(study)));
    this.#inputs.set(hash, study);
    return hash;
  }

  /** Connects and looks what the cluster has for a study; rejects where no trial fits. */
  async open(study: Study): Promise<void> {
    const room = await this.#cluster.roomFor(study);
    const { slots } = this.#place;
    const count = slots > 0 ? slots : room;
    this.#study = study;
    while (this.#seats.length < count)
      this.#seats.push({ tail: Promise.resolve(), slot: null, refused: null });
    // What could not be had may be there now.
    for (const seat of this.#seats) seat.refused = null;
  }

  /** A slot that cannot be had is passed over, as long as there are others. */
  whenFree(worker: number, work: () => Promise<void>): Promise<void> {
    const seat = this.#seat(worker);
    const mine = seat.tail.then(async () => {
      if (this.#study && !seat.refused) await this.#slotOn(seat, this.#study).catch(() => null);
      if (!seat.refused || this.#isOver) await work();
    });
    seat.tail = mine.catch(() => undefined);
    return mine;
  }

  async train(worker: number, order: TrialOrder, hearing: Hearing): Promise<WorkerAnswer> {
    const study = this.#inputs.get(order.inputs);
    if (!study) throw new Error(`Nothing was kept under ${order.inputs}.`);
    const seat = this.#seat(worker);
    const slot = await this.#slotOn(seat, study);
    try {
      return await this.#trainOn(slot, { study, order, hearing });
    } catch (error) {
      if (!this.#canGoOn(seat, error)) throw error;
      return lostAnswer(slot.facts, { signal: hearing.signal, why: error.message });
    }
  }

  /** No slot can be had any more. */
  get #isOver(): boolean {
    return this.#seats.every(({ refused }) => refused);
  }

  /** A slot is lost, or its node is at fault (a full disk) and there are others. */
  #canGoOn(seat: Seat, error: unknown): error is Error {
    if (error instanceof SlotLost) return true;
    if (!(error instanceof CortexError) || !/^ray-(?:disk|node)-/.test(error.code)) return false;
    seat.refused = error;
    this.#place.onNotice(`${error.happened} ${error.remedy}`);
    return !this.#isOver;
  }

  async discard(worker: number): Promise<void> {
    const seat = this.#seat(worker);
    const slot = seat.slot;
    seat.slot = null;
    (await slot?.at.catch(() => null))?.stop();
  }

  /** The nodes of the cluster and what stands on them. */
  survey(): Promise<Surveyed> {
    return this.#cluster.survey();
  }

  dispose(): Promise<void> {
    return this.#cluster.close();
  }

  async #trainOn(
    slot: RaySlot,
    {
      study,
      order,
      hearing,
    }: { readonly study: Study; readonly order: TrialOrder; readonly hearing: Hearing },
  ): Promise<WorkerAnswer> {
    const { inputs: _, ...own } = order;
    const { attachedFolder, needed, mayRunUnheld } = this.#place;
    const sources = await this.#place.sources(study, order.variant.text);
    const beside = { sources: [...sources, ...(await needed(study))], attachedFolder };
    const tree = await this.#trees.of(await studyFiles(study, { ...beside, footing: order }));
    const { name, modelPath } = study;
    return slot.train(
      {
        root: await slot.place(tree),
        study: { ...refOf(study), name, modelPath },
        sources: [...sources],
        attachedFolder,
        unheld: slot.holds ? false : await mayRunUnheld(),
        order: own,
      },
      hearing,
    );
  }

  /** The slot of a seat, started where it has none that fits the study. */
  #slotOn(seat: Seat, study: Study): Promise<RaySlot> {
    const key = JSON.stringify([study.config.resources, frameworkOfStudy(study)]);
    const known = seat.slot;
    if (known?.key === key)
      return known.at.then((slot) => (slot.alive ? slot : this.#renew(seat, study, key)));
    return this.#renew(seat, study, key);
  }

  async #renew(seat: Seat, study: Study, key: string): Promise<RaySlot> {
    const before = seat.slot;
    const at = (async () => {
      (await before?.at.catch(() => null))?.stop();
      return this.#cluster.slotFor(study);
    })();
    seat.slot = { key, at };
    try {
      return await at;
    } catch (error) {
      seat.slot = null;
      if (error instanceof CortexError) seat.refused = error;
      throw error;
    }
  }

  #seat(worker: number): Seat {
    const seat = this.#seats[worker];
    if (!seat) throw new RangeError(`There is no slot ${worker}.`);
    return seat;
  }
}
