import type { Checked, FromNewRun, Targets, ToNewRun } from '../../core/protocol/newRun.ts';
import type { FormField, RunForm, SomeOfForm } from '../../core/run/form/form.ts';
import type { TickBox } from '../../core/selection/tick.ts';
import { emptyForm } from '../../core/run/form/emptyForm.ts';
import { formFrom, type NewRunView, viewFrom } from './view.ts';

/** The other side of the page, and what VS Code keeps for it over a reload. */
export type NewRunHost = {
  post(message: FromNewRun): void;
  saved(): unknown;
  save(state: { form: RunForm; view: NewRunView }): void;
};

/** All that the page shows. */
export type NewRunModel = {
  readonly form: RunForm;
  readonly view: NewRunView;
  readonly targets: Targets | undefined;
  /** Why there are no targets; empty while they are read. */
  readonly failure: string | undefined;
  /** What the host said about the form; undefined before the first answer. */
  readonly checked: Checked | undefined;
  /** Nodes whose boxes are ticked: of the last expression that was right. */
  readonly ticked: ReadonlySet<string>;
  readonly isBusy: boolean;
  /** Why the last start was refused. */
  readonly refusal: string;
  /** Whether the answer is about the form as it is now. */
  readonly isCurrent: boolean;
};

/** Milliseconds of quiet before the form is checked. */
const settleMs = 300;

/** Holds the form: what a person types goes in, what the host says of it comes back. */
export class NewRunStore {
  readonly #host: NewRunHost;
  readonly #changed: () => void;
  #model: NewRunModel;
  #asked = 0;
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
        return this.change(message.form, 0);
      case 'checked':
        return this.#take(message.checked);
      case 'idle':
        return this.#set({ isBusy: false, refusal: message.message });
    }
  }

  /** Changes fields; the form is checked when nothing more is typed for a while. */
  change(change: SomeOfForm, afterMs = settleMs): void {
    const form = { ...this.#model.form, ...change };
    this.#set({ form, refusal: '', isCurrent: false });
    this.#check(afterMs);
  }

  /** A field was left: from now on it says what is wrong with it. */
  leave(field: FormField): void {
    const { view } = this.#model;
    if (!view.left.includes(field)) this.setView({ left: [...view.left, field] });
  }

  setView(change: Partial<NewRunView>): void {
    this.#set({ view: { ...this.#model.view, ...change } });
  }

  tick(box: TickBox, on: boolean): void {
    this.leave('selection');
    this.#host.post({ type: 'tick', box, on, form: this.#model.form });
  }

  ask(type: 'retry' | 'history' | 'templates'): void {
    this.#host.post({ type });
  }

  /** All, none, or the others. */
  select(which: 'all' | 'none' | 'invert'): void {
    this.leave('selection');
    if (which === 'invert') this.#host.post({ type: 'invert', form: this.#model.form });
    else this.change({ selection: which === 'all' ? 'all' : '' }, 0);
  }

  saveTemplate(): void {
    this.#host.post({ type: 'saveTemplate', form: this.#model.form });
  }

  copy(text: string): void {
    this.#host.post({ type: 'copy', text: text.slice(0, 1_000_000) });
  }

  clear(): void {
    this.#set({ view: { ...this.#model.view, left: [] } });
    this.change(emptyForm, 0);
  }

  run(): void {
    const { isBusy, isCurrent, checked } = this.#model;
    if (isBusy || !isCurrent || !checked || checked.problems.length > 0 || checked.refusal !== undefined)
      return;
    this.#set({ isBusy: true, refusal: '' });
    this.#host.post({ type: 'run', form: this.#model.form });
  }

  #take(checked: Checked): void {
    if (checked.id !== this.#asked) return;
    const isRight = !checked.problems.some(({ field }) => field === 'selection');
    const isEmpty = this.#model.form.selection.trim() === '';
    const ticked = isRight || isEmpty ? new Set(checked.selected) : this.#model.ticked;
    this.#set({ checked, ticked, isCurrent: true });
  }

  #check(afterMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#host.post({ type: 'check', id: ++this.#asked, form: this.#model.form });
    }, afterMs);
  }

  #set(change: Partial<NewRunModel>): void {
    this.#model = { ...this.#model, ...change };
    if (change.form || change.view) this.#host.save({ form: this.#model.form, view: this.#model.view });
    this.#changed();
  }
}
