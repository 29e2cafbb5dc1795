import { setTimeout as after } from 'node:timers/promises';
import type { Launch } from '../launch.ts';
import { frameworkOfStudy } from '../pythonLaunch.ts';
import type { Study } from '../../study/study.ts';
import type { CortexError } from '../../util/errors.ts';
import { plural } from '../../util/plural.ts';
import { rayAddress } from './address.ts';
import { Bridge } from './bridge.ts';
import type { Facts, Opened, RayNode, Resources, Tree } from './bridgeMessages.ts';
import { bridgeEnded, noRoom, slotsLost } from './errors.ts';
import { hasNode, mostCommon, roomFor, unfit, type Footing } from './fitting.ts';
import { SlotLost } from './lost.ts';
import { RaySlot } from './raySlot.ts';
import { shippedFiles } from './shippedFiles.ts';
import { Trees } from './tree.ts';

/** How Ray is reached, and what is sent to its nodes. */
export interface ClusterPlace {
  /** As the user wrote it (see `rayAddress`). */
  readonly executor: string;
  /** How the bridge is started. */
  readonly bridge: () => Promise<Launch>;
  readonly assetFolder: string;
  /** Node of this machine; `null` where it cannot be sent to others. */
  readonly nodeProgram: string | null;
  readonly cortexVersion: string;
  readonly builderNames: readonly string[];
  /** What its user has to know, a sentence. */
  readonly onNotice: (text: string) => void;
}

/** A cluster as it was found. */
export interface Surveyed extends Pick<Opened, 'ray' | 'python'> {
  readonly executor: string;
  readonly nodes: readonly RayNode[];
}

interface Connected {
  readonly bridge: Bridge;
  readonly opened: Opened;
  readonly nodes: readonly RayNode[];
}

/** What is brought to every node, and what to those that lack it. */
interface Shipped {
  readonly cortex: Tree;
  readonly node: Tree;
}

const RESOURCES: Resources = { cpus: 1, gpus: 0, memoryMB: 0 };
/** A node that goes while a slot on it is made ready is no news; one after the other is. */
const MOST_LOST = 8;
const BUSY_MS = 15_000;

/** A Ray cluster, connected when first asked and again when the connection has ended. */
export class Cluster {
  readonly #place: ClusterPlace;
  readonly #trees = new Trees();
  /** Notices that were given. */
  readonly #told = new Set<string>();
  #connected: Promise<Connected> | null = null;
  #shipped: Promise<Shipped> | null = null;

  constructor(place: ClusterPlace) {
    this.#place = place;
  }

  /** How many slots of a study the cluster holds, at least 1; rejects where it holds none. */
  async roomFor(study: Study): Promise<number> {
    const { nodes, opened } = await this.#connect();
    const size = resourcesOf(study);
    const like = mostCommon(nodes, footingOf(study));
    const fitting = nodes.filter(
      ({ facts }) => !facts || !like || !this.#unfit(facts, like, study),
    );
    const room = roomFor(fitting, size);
    if (room === 0) throw this.#whyNone(nodes, like, study) ?? noRoom(size, nodes.length);
    const large = fitting.filter((node) => roomFor([node], size) > 0);
    this.#tell(
      `Ray ${opened.ray}: ${plural(large.length, 'node')} with room for ` +
        `${plural(room, 'trial')} side by side.`,
    );
    return room;
  }

  /** A slot that is ready for a study's trials; waits until there is room. */
  async slotFor(study: Study): Promise<RaySlot> {
    // A slot on a node that does not fit is held until another has come: or it came again.
    const held: RaySlot[] = [];
    try {
      for (let lost = 0; ; lost += 1) {
        const slot = await this.#fittingSlot(study, held);
        const why = await this.#ready(slot).then(
          () => null,
          (error: unknown) => error,
        );
        if (why === null) return slot;
        slot.stop();
        if (!(why instanceof SlotLost)) throw why;
        if (lost >= MOST_LOST) throw slotsLost(why.message);
      }
    } finally {
      for (const slot of held) slot.stop();
    }
  }

  /** The first slot that comes to a node that fits; those that do not are held. */
  async #fittingSlot(study: Study, held: RaySlot[]): Promise<RaySlot> {
    const { bridge, nodes } = await this.#standing();
    const like = mostCommon(nodes, footingOf(study));
    for (;;) {
      const slot = new RaySlot(bridge, resourcesOf(study));
      const facts = await this.#patiently(slot.started).catch((error: unknown) => {
        if (error instanceof SlotLost) return null;
        throw error;
      });
      // One that is lost before it has a node is told of when it is made ready.
      if (!facts || !like || !this.#unfit(facts, like, study)) return slot;
      held.push(slot);
    }
  }

  async survey(): Promise<Surveyed> {
    const { opened, nodes } = await this.#connect();
    return { executor: this.#place.executor, ray: opened.ray, python: opened.python, nodes };
  }

  async close(): Promise<void> {
    const connected = this.#connected;
    this.#connected = null;
    await connected?.then(
      ({ bridge }) => bridge.close(),
      () => undefined,
    );
  }

  /** Anew where the last connection has ended, or came to none. */
  async #connect(): Promise<Connected> {
    const known = this.#connected;
    const connected = await known?.catch(() => null);
    if (connected?.bridge.alive) return connected;
    if (this.#connected === known) this.#connected = this.#open();
    return this.#connected ?? this.#connect();
  }

  /** As it was connected for the run. */
  async #standing(): Promise<Connected> {
    if (!this.#connected) throw bridgeEnded([]);
    const connected = await this.#connected;
    if (!connected.bridge.alive) throw await connected.bridge.death;
    return connected;
  }

  async #open(): Promise<Connected> {
    const address = rayAddress(this.#place.executor) ?? 'local';
    const { bridge, opened } = await Bridge.open(await this.#place.bridge(), address);
    return { bridge, opened, nodes: await bridge.survey() };
  }

  /** Cortex's own files and, where it takes one, Node are there; its program runs. */
  async #ready(slot: RaySlot): Promise<void> {
    const facts = await slot.started;
    const { cortexVersion: cortex, builderNames } = this.#place;
    const shipped = await this.#ship();
    const root = await slot.place(shipped.cortex);
    const own = facts.nodeProgram;
    const program = own && hasNode(facts) ? own.path : `${await slot.place(shipped.node)}/node`;
    await slot.run(
      {
        program,
        arguments: [`${root}/dist/rayNode.cjs`, facts.interpreter],
        environment: {},
      },
      { cortex, builderNames: [...builderNames] },
    );
  }

  #ship(): Promise<Shipped> {
    this.#shipped ??= (async () => {
      const { assetFolder, nodeProgram } = this.#place;
      const node = nodeProgram === null ? [] : [{ path: 'node', from: nodeProgram }];
      return {
        cortex: await this.#trees.of(await shippedFiles(assetFolder)),
        node: await this.#trees.of(node),
      };
    })();
    return this.#shipped;
  }

  #unfit(facts: Facts, like: Facts, study: Study): CortexError | null {
    const sent = this.#place.nodeProgram === null ? null : `${process.platform}-${process.arch}`;
    const why = unfit(facts, { footing: footingOf(study), like, sent });
    if (why) this.#tell(`${why.happened} ${why.remedy}`);
    return why;
  }

  #whyNone(nodes: readonly RayNode[], like: Facts | null, study: Study): CortexError | null {
    const [first] = nodes.flatMap(({ facts }) =>
      facts && like ? (this.#unfit(facts, like, study) ?? []) : [],
    );
    return first ?? null;
  }

  /** Tells once where a cluster lets it wait. */
  async #patiently<T>(asked: Promise<T>): Promise<T> {
    const waiting = new AbortController();
    after(BUSY_MS, undefined, { signal: waiting.signal }).then(
      () => this.#tell('The cluster is busy: trials wait until there is room for them.'),
      () => undefined,
    );
    return asked.finally(() => waiting.abort());
  }

  #tell(text: string): void {
    if (this.#told.has(text)) return;
    this.#told.add(text);
    this.#place.onNotice(text);
  }
}

const resourcesOf = ({ config }: Study): Resources => ({ ...RESOURCES, ...config.resources });

const footingOf = (study: Study): Footing => frameworkOfStudy(study) ?? 'node';
