import { commands, Uri, type Task, type TreeItem } from 'vscode';
import { askNow, ownTask, sayWord, tasksOf, type Word } from '../../../loop/autopilot/words.ts';
import { withAsked } from '../../../loop/autopilot/stateChanges.ts';
import { autopilotDocument } from '../../../show/documents/autopilotDocument.ts';
import type { Study } from '../../../study/study.ts';
import { autopilotScheme, type ModelReference, type PilotReference } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { inform } from '../messages.ts';
import { chooseModel } from '../study/chooseModel.ts';
import { prepareModel } from '../study/prepareModel.ts';
import { Flight, isDue } from './flight.ts';
import type { Pilot } from './pilot.ts';
import { askGoal, askHours, askKind, askTask } from './questions.ts';
import { reportMarkdown } from './reportMarkdown.ts';
import { Row } from './row.ts';
import { rowsOf } from './rowsOf.ts';
import { Watch } from './watch.ts';

/** Entry of the autopilot's bundle; `onChange`: the view shows something else now. */
export const createPilot = (host: Host, onChange: () => void): Pilot =>
  new HostPilot(host, onChange);

const never = new AbortController().signal;

class HostPilot implements Pilot {
  readonly #host: Host;
  readonly #onChange: () => void;
  readonly #watch: Watch;
  readonly #flight: Flight;
  readonly #disposables = new Disposables();

  constructor(host: Host, onChange: () => void) {
    this.#host = host;
    this.#onChange = onChange;
    this.#watch = this.#disposables.add(
      new Watch(host, () => {
        this.#looked();
      }),
    );
    this.#flight = this.#disposables.add(
      new Flight(host, () => {
        this.#watch.end('flight');
        onChange();
      }),
    );
  }

  async start(model: ModelReference | undefined): Promise<void> {
    const study = await prepareModel(this.#host, model);
    if (!study) return;
    const { state, running } = await this.#read(study);
    if (running) {
      inform(`An autopilot works on ${study.name} already.`);
      return;
    }
    const hours = await askHours(study.name);
    if (hours === undefined) return;
    // Whoever starts it wants it to go on, whatever was said before.
    if (state.mode !== 'running' || state.setAside) await this.#sayTo(study, 'resume');
    const until = hours === null ? null : Date.now() + hours * 3_600_000;
    await this.#flight.begin({ models: [study.modelPath], until });
    this.#watch.begin('flight');
    this.#onChange();
  }

  async say(word: Word, model: ModelReference | undefined): Promise<void> {
    const study = await this.#choose(model);
    if (!study) return;
    const isHeard = await this.#sayTo(study, word);
    if (word === 'stop') await this.#flight.forget();
    if (!isHeard) inform(`No autopilot works on ${study.name}.`);
    this.#onChange();
  }

  async now(reference: PilotReference | undefined): Promise<void> {
    const study = await this.#choose(reference);
    if (!study) return;
    const engine = await this.#host.engine.get();
    const kept = await this.#read(study);
    const ports = { work: engine, now: Date.now, store: engine.autopilots, signal: never };
    const name = reference?.task ?? (await askTask(study.name, await tasksOf(kept, never, ports)));
    if (name === undefined) return;
    if (kept.running) await askNow(kept, name, ports);
    else await this.#flight.run(['now', study.modelPath, name], [study.modelPath]);
    this.#watch.begin('flight');
    this.#onChange();
  }

  async add(model: ModelReference | undefined): Promise<void> {
    const study = await this.#choose(model);
    const kind = study && (await askKind());
    if (!study || !kind) return;
    const goal = kind === 'training' ? await askGoal() : '';
    if (goal === undefined) return;
    const task = ownTask(kind, 1, goal === '' ? undefined : goal);
    const { autopilots } = await this.#host.engine.get();
    await autopilots.change(study, `added ${task.key}`, (state) => withAsked(state, task));
    this.#onChange();
  }

  async showReport(model: ModelReference | undefined): Promise<void> {
    const study = await this.#choose(model);
    if (!study) return;
    // A page of its own each time: what a preview has read once it shows for ever.
    const { commit } = await this.#read(study);
    const path = `/Autopilot Report ${study.name}.md`;
    const uri = Uri.from({
      scheme: autopilotScheme,
      path,
      query: study.modelPath,
      fragment: commit,
    });
    await commands.executeCommand('markdown.showPreview', uri);
  }

  async report(modelPath: string): Promise<string> {
    const study = await this.#host.studies.open(modelPath);
    const kept = await this.#read(study);
    return reportMarkdown(await autopilotDocument(kept, await this.#host.engine.get()));
  }

  children(row: TreeItem | undefined): Promise<readonly TreeItem[]> {
    return row instanceof Row ? row.children() : rowsOf(this.#host, this.#watch);
  }

  appear(): void {
    this.#watch.begin('view');
  }

  disappear(): void {
    this.#watch.end('view');
  }

  async goOn(): Promise<void> {
    const { plan } = this.#flight;
    if (!plan || !isDue(plan)) return this.#flight.forget();
    await Promise.all(plan.models.map((path) => this.#host.studies.load(path)));
    this.#watch.begin('flight');
    const kept = await Promise.all(
      plan.models.map(async (path) => this.#read(await this.#host.studies.open(path))),
    );
    // A window that was only loaded anew has its task still.
    if (!kept.some(({ running }) => running)) await this.#flight.begin(plan);
  }

  resolve(task: Task): Promise<Task> {
    return this.#flight.resolve(task);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** A task that was there before this window was loaded anew tells it nothing of its end. */
  #looked(): void {
    if (this.#flight.plan && !this.#flight.isHere && !this.#watch.isAnyRunning)
      void this.#flight.forget();
    this.#onChange();
  }

  async #choose(model: ModelReference | undefined): Promise<Study | undefined> {
    const path = await chooseModel(this.#host, model);
    return path === undefined ? undefined : this.#host.studies.open(path);
  }

  #read = (study: Study): ReturnType<Watch['read']> => this.#watch.read(study);

  #sayTo = async (study: Study, word: Word): Promise<boolean> =>
    sayWord(word, study, (await this.#host.engine.get()).autopilots);
}
