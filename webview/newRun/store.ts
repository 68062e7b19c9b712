import type { Checked, FromNewRun, ToNewRun } from '../../core/protocol/newRun.ts';
import { type FileKind, fileKinds, type NamedParam } from '../../core/protocol/newRunFiles.ts';
import type { FormKind, RunForm, SomeOfForm } from '../../core/run/form/form.ts';
import type { TickBox } from '../../core/selection/tick.ts';
import { emptyForm } from '../../core/run/form/emptyForm.ts';
import type { Files, NewRunModel } from './model.ts';
import { textOfValue } from '../../core/playbook/paramText.ts';
import type { PageHost } from '../page.ts';
import { bySecrecy, paramsIn, withText, withValue } from './params.ts';
import { noDrafts } from './drafts.ts';
import { formFrom, type NewRunView, type Place, viewFrom } from './view.ts';
import { whyNot } from './whyNot.ts';

export type NewRunHost = PageHost<FromNewRun, { form: RunForm; view: NewRunView }>;

/** Has the host write into the line of targets. */
type Writes = (form: RunForm) => FromNewRun;

/** Milliseconds of quiet before the form is checked. */
const settleMs = 300;

/** Holds the form: what a person types goes in, what the host says of it comes back. */
export class NewRunStore {
  readonly #host: NewRunHost;
  readonly #changed: () => void;
  #model: NewRunModel;
  #asked = 0;
  /** Ticks that the host has not written yet: each is written into the line that the one before it has left. */
  readonly #waiting: Writes[] = [];
  #isWriting = false;
  /** A person asked for the start before the form was checked. */
  #isWanted = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: NewRunHost, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
    const saved: unknown = host.saved();
    this.#model = {
      form: formFrom(saved),
      view: viewFrom(saved),
      targets: undefined,
      failure: undefined,
      checked: undefined,
      ticked: new Set(),
      isBusy: false,
      refusal: '',
      isCurrent: false,
      secrets: {},
      drafts: noDrafts,
      files: {},
    };
  }

  get model(): NewRunModel {
    return this.#model;
  }

  receive(message: ToNewRun): void {
    switch (message.type) {
      case 'loading':
        return this.#set({ failure: undefined });
      case 'failed':
        return this.#set({ failure: message.message, targets: undefined });
      case 'targets':
        this.#set({ targets: message.targets, failure: undefined });
        return this.#check(0);
      case 'form':
        // Another file, or a preset: what was typed for the one before is not for it.
        if (message.form.params) {
          this.#set({ secrets: {}, drafts: noDrafts });
          this.setView({ leftOut: [] });
        }
        this.change(message.form, 0);
        return this.#writeNext();
      case 'files':
        return this.#list(message.kind, { list: message.list });
      case 'filesFailed':
        return this.#list(message.kind, { failure: message.message });
      case 'secrets':
        return this.#set({ secrets: { ...message.secrets, ...this.#model.secrets } });
      case 'checked':
        return this.#take(message.checked);
      case 'idle':
        this.#set({ isBusy: false, refusal: message.message });
        if (this.#isWriting) this.#check(0);
        return this.#writeNext();
    }
  }

  /** Changes fields; the form is checked when nothing more is typed for a while. */
  change(change: SomeOfForm, afterMs = settleMs): void {
    this.#isWanted = false;
    const form = { ...this.#model.form, ...change };
    this.#set({ form, refusal: '', isCurrent: false });
    this.#check(afterMs);
  }

  /** A field was left: from now on it says what is wrong with it. */
  leave(place: Place): void {
    const { view } = this.#model;
    if (!view.left.includes(place)) this.setView({ left: [...view.left, place] });
  }

  setView(change: Partial<NewRunView>): void {
    this.#set({ view: { ...this.#model.view, ...change } });
  }

  tick(box: TickBox, on: boolean): void {
    this.leave('selection');
    this.#write((form) => ({ type: 'tick', box, on, form }));
  }

  ask(type: 'retry' | 'history' | 'presets'): void {
    this.#host.post({ type });
  }

  /** Another kind of action; tasks and playbooks have parameters of their own. */
  setKind(kind: FormKind): void {
    const { file } = this.#model.form;
    const keeps = !(kind === 'task' || kind === 'playbook') || file.endsWith(`.${kind}.yaml`);
    this.change({ kind, ...(!keeps && { file: '', params: {} }) }, 0);
  }

  /** Looks for the files of a kind, also where they are known. */
  listFiles(kind: FileKind): void {
    this.#askForFiles(kind, true);
  }

  /** A script, task or playbook; an empty one goes back to the list. */
  chooseFile(kind: FileKind, file: string): void {
    if (file !== '') this.leave(kind === 'script' ? 'script' : 'file');
    this.#set({ secrets: {}, drafts: noDrafts });
    this.change(kind === 'script' ? { script: file } : { file, params: {} }, 0);
  }

  choose(field: 'script' | 'stdin' | 'copyFrom' | 'fetchTo'): void {
    this.#host.post({ type: 'choose', field, form: this.#model.form });
  }

  openFile(): void {
    this.#host.post({ type: 'openFile', form: this.#model.form });
  }

  /** What is typed into the field of a parameter. */
  setParamText(param: NamedParam, text: string): void {
    const { drafts, form } = this.#model;
    this.#set({ drafts: { json: '', fields: { ...drafts.fields, [param.name]: text } } });
    this.change({ params: withText(form.params, param, text) });
  }

  setParam(name: string, value: RunForm['params'][string] | undefined): void {
    this.#set({ drafts: { ...this.#model.drafts, json: '' } });
    this.change({ params: withValue(this.#model.form.params, name, value) }, 0);
  }

  setSecret(name: string, text: string): void {
    this.#set({ secrets: { ...this.#model.secrets, [name]: text }, refusal: '', isCurrent: false });
    this.#check(settleMs);
  }

  /** What is typed into the JSON; while it is none, the values stay. */
  setJson(json: string): void {
    this.#set({ drafts: { ...this.#model.drafts, json } });
    const typed = paramsIn(json);
    if (typed.ok) this.change({ params: typed.params });
  }

  /** All, none, or the others. */
  select(which: 'all' | 'none' | 'invert'): void {
    this.leave('selection');
    this.setView({ leftOut: [] });
    if (which === 'invert') this.#write((form) => ({ type: 'invert', form }));
    else this.change({ selection: which === 'all' ? 'all' : '' }, 0);
  }

  save(what: 'savePreset' | 'saveSelection'): void {
    this.#host.post({ type: what, form: this.#model.form });
  }

  /** Adds what a search has found. */
  add(nodes: readonly string[]): void {
    this.leave('selection');
    this.#write((form) => ({ type: 'add', nodes: nodes.slice(0, 5000), form }));
  }

  /** A box of the preview; what is left out there stays in sight. */
  tickNode(node: string, on: boolean): void {
    const left = this.#model.view.leftOut.filter((each) => each !== node);
    this.setView({ leftOut: on ? left : [...left, node] });
    this.tick({ kind: 'node', name: node }, on);
  }

  /** Has the host show the plan: what would run, step by step. */
  preview(): void {
    const { form, secrets } = this.#model;
    this.#host.post({ type: 'preview', form, secrets });
  }

  copy(text: string): void {
    this.#host.post({ type: 'copy', text: text.slice(0, 1_000_000) });
  }

  clear(): void {
    this.#set({ view: { ...this.#model.view, left: [], leftOut: [] }, secrets: {}, drafts: noDrafts });
    this.change({ ...emptyForm, kind: this.#model.form.kind }, 0);
  }

  /** Starts what is shown. While the last change is still being checked, the answer decides, unless it brings other nodes. */
  run(): void {
    const { isBusy, isCurrent, form, secrets } = this.#model;
    if (this.#isWriting) return;
    this.#isWanted = !isBusy && !isCurrent;
    if (this.#isWanted) return this.#check(0);
    if (isBusy || whyNot(this.#model) !== undefined) return;
    this.#set({ isBusy: true, refusal: '' });
    this.#host.post({ type: 'run', form, secrets });
  }

  /** Until it is written, nothing starts: it would run on other nodes than those that are ticked. */
  #write(writes: Writes): void {
    this.#waiting.push(writes);
    this.#isWanted = false;
    this.#set({ isCurrent: false });
    if (!this.#isWriting) this.#writeNext();
  }

  #writeNext(): void {
    const writes = this.#waiting.shift();
    this.#isWriting = writes !== undefined;
    if (writes) this.#host.post(writes(this.#model.form));
  }

  /** New lists come when files change: so may what the chosen one wants. */
  #list(kind: FileKind, files: Files): void {
    this.#set({ files: { ...this.#model.files, [kind]: files } });
    if (files.list && this.#model.form.file !== '') this.#check(0);
  }

  #take(checked: Checked): void {
    if (checked.id !== this.#asked) return;
    const isRight = !checked.problems.some(({ field }) => field === 'selection');
    const isEmpty = this.#model.form.selection.trim() === '';
    const ticked = isRight || isEmpty ? new Set(checked.selected) : this.#model.ticked;
    const isShown = isSame(ticked, this.#model.ticked);
    this.#set({ checked, ticked, isCurrent: true });
    this.#withdraw();
    const isWanted = this.#isWanted && isShown;
    this.#isWanted = false;
    if (isWanted && this.#model.isCurrent) this.run();
  }

  /** What turns out to be secret goes to its own field, and is not kept. */
  #withdraw(): void {
    const { form, secrets } = this.#model;
    const { open, hidden } = bySecrecy(this.#model);
    if (hidden.length === 0) return;
    const moved = hidden.map(([name, value]) => [name, textOfValue(value)]);
    this.#set({ drafts: noDrafts, secrets: { ...secrets, ...Object.fromEntries(moved) } });
    this.change({ ...form, params: open }, 0);
  }

  #check(afterMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const { form, secrets } = this.#model;
      this.#host.post({ type: 'check', id: ++this.#asked, form, secrets });
    }, afterMs);
  }

  #set(change: Partial<NewRunModel>): void {
    this.#model = { ...this.#model, ...change };
    if (change.form || change.view) {
      const { form, view } = this.#model;
      this.#host.save({ form: { ...form, params: bySecrecy(this.#model).open }, view });
    }
    this.#lookForFiles();
    this.#changed();
  }

  /** Those of a kind are looked for when the form first has to do with them. */
  #lookForFiles(): void {
    const kind = fileKinds.find((each) => each === this.#model.form.kind);
    if (kind && !this.#model.files[kind]) this.#askForFiles(kind, false);
  }

  #askForFiles(kind: FileKind, anew: boolean): void {
    this.#list(kind, {});
    this.#host.post({ type: 'files', kind, anew });
  }
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((each) => b.has(each));
}
