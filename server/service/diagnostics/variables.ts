import type { TemplateText } from '../../../core/playbook/read/texts.ts';
import { guardedBy, type Member } from '../../../core/playbook/template/members.ts';
import { innerSteps } from '../../../core/schema/step.ts';
import type { Path } from '../../../core/yaml/places.ts';
import { nearest } from '../../../core/util/nearest.ts';
import { didYouMean } from '../../../core/util/problem.ts';
import { addTo } from '../../../core/util/lists.ts';
import { foldForDisplay } from '../../../core/selection/nodeset.ts';
import { keysOf, insertionBelow } from '../edit/entries.ts';
import { rangeOf } from '../document.ts';
import { stepAround } from '../facts.ts';
import { canonicalUri } from '../uris.ts';
import { type FilledFile, rangeIn } from './filledFiles.ts';
import type { Finding, Repair } from './finding.ts';
import { includedIn, includersOf, variablesMadeIn } from './included.ts';
import { type Order, orderOfSteps } from './order.ts';
import type { Workspace } from '../workspace.ts';
import type { WrittenStep } from './steps.ts';
import type { Subject } from './subject.ts';
import { destructionWithout } from './safety.ts';
import { toldOf } from './toldOf.ts';
import { groupRepairs } from './variableRepairs.ts';

/** Variables and results that are not there when a text is filled in: on which nodes, or not yet. */
export function* variableFindings(subject: Subject): Iterable<Finding> {
  const { steps } = subject;
  if (steps.length === 0) return;
  const texts: readonly (TemplateText | FilledFile)[] = [...subject.texts, ...subject.filled.files];
  const makers = makersOf(steps);
  const order = orderOfSteps(subject.lists);
  const declared = declaredNames(subject);
  const guards = stepGuards(texts);
  const included = lazyIncluded(subject);
  const absent = absencesIn(subject);
  const byId = new Map(steps.toReversed().map((step) => [step.text('id'), step]));
  for (const text of texts) {
    for (const lookUp of text.written.members) {
      if (lookUp.isGuarded || isGuardedAt(text, lookUp, guards)) continue;
      const used: Used = { text, lookUp };
      if (lookUp.top === 'steps') {
        const step = byId.get(lookUp.name);
        if (step && isTooEarly(step, text, order))
          yield placed(tooEarly(used, 'vars/step-too-early', subject), used);
      }
      if (lookUp.top !== 'vars' || declared.has(lookUp.name)) continue;
      const made = makers.get(lookUp.name) ?? [];
      if (made.length === 0 && !included().has(lookUp.name))
        yield* undefinedOn(used, absent(lookUp.name), subject);
      else if (made.length === 0) continue;
      else if (made.every((step) => isTooEarly(step, text, order)) && absent(lookUp.name) !== 'nowhere')
        yield placed(tooEarly(used, 'vars/too-early', subject), used);
    }
  }
}

/** Whether what comes of a step is surely not there when a text is filled in: it comes later, or is of the step itself. */
function isTooEarly(step: WrittenStep, { path }: TemplateText, order: Order): boolean {
  return order.isLater(step, path) || isOwn(step, path);
}

/** What is asked after an attempt has the result of it. */
const afterwards: ReadonlySet<unknown> = new Set([
  'until',
  'changedWhen',
  'failedWhen',
  'set',
  ...innerSteps,
]);

function isOwn(step: WrittenStep, path: Path): boolean {
  const { length } = step.path;
  return (
    step.path.every((key, at) => path[at] === key) && path.length > length && !afterwards.has(path[length])
  );
}

/** Names that are there on every node: of the file, its parameters, and the configurations of the workspace. */
function declaredNames({ document, workspace }: Subject): ReadonlySet<string> {
  const names = ['vars', 'params'].flatMap((key) => keysOf(document.parsed.writtenAt([key])));
  const configured = workspace.uris
    .filter((uri) => workspace.facts(uri)?.languageId === 'muster-config')
    .flatMap((uri) => keysOf(workspace.document(uri)?.parsed.writtenAt(['vars'])));
  return new Set([...names, ...configured]);
}

type Used = { readonly text: TemplateText | FilledFile; readonly lookUp: Member };

/** What is said of a file that a step fills in has its place there. */
function placed(finding: Finding, { text, lookUp }: Used): Finding {
  return 'lines' in text ? toldOf(text, lookUp, finding) : finding;
}

/** Steps that set or register a variable, by its name. */
function makersOf(steps: readonly WrittenStep[]): ReadonlyMap<string, readonly WrittenStep[]> {
  const found = new Map<string, WrittenStep[]>();
  for (const step of steps) for (const name of namesMadeBy(step)) addTo(found, name, step);
  return found;
}

/** Variables that a step sets or registers. */
function namesMadeBy(step: WrittenStep): readonly string[] {
  if (!step.has('register') && !step.has('set')) return [];
  return [...step.texts('register'), ...keysOf(step.get('set'))];
}

/** Names that files which it uses may make. What is not known of such a file may make any. */
function lazyIncluded(subject: Subject): () => { has(name: string): boolean } {
  let made: { has(name: string): boolean } | undefined;
  return () => {
    const find = (): { has(name: string): boolean } => {
      const { document, workspace } = subject;
      const { facts, isWhole } = includedIn(subject);
      if (!isWhole) return { has: () => true };
      return new Set(
        variablesMadeIn([...facts, ...includersOf(canonicalUri(document.document.uri), workspace)]),
      );
    };
    return (made ??= find());
  };
}

/** Paths of steps, by the names that their conditions ask for: `vars.port`. */
type Guards = ReadonlyMap<string, readonly Path[]>;

/** What the conditions of steps ask for: texts of such a step are only filled in where it is there. */
function stepGuards(texts: readonly TemplateText[]): Guards {
  const guards = new Map<string, Path[]>();
  for (const text of texts)
    if (text.written.asked.size > 0 && text.key === 'when')
      for (const name of guardedBy(text.expressions)) addTo(guards, name, text.path.slice(0, -1));
  return guards;
}

function isGuardedAt(text: TemplateText, { full }: Member, guards: Guards): boolean {
  if (guards.size === 0) return false;
  const steps = guards.get(full) ?? [];
  return steps.some((step) => step.every((key, at) => text.path[at] === key));
}

/** Where a variable of the inventory is missing, of the nodes that are meant; each name is looked for once. */
type Absence =
  | {
      readonly where: string;
      /** Another variable that may have been meant, where no node has this one. */
      readonly near: string | undefined;
      readonly repairs: readonly Repair[];
    }
  | 'nowhere'
  | 'unknown';

function absencesIn(subject: Subject): (name: string) => Absence {
  const known = new Map<string, Absence>();
  return (name) => {
    const found = known.get(name) ?? absenceOf(name, subject);
    known.set(name, found);
    return found;
  };
}

/** Tasks have no nodes of their own: nothing is known. */
function absenceOf(name: string, subject: Subject): Absence {
  const { chosen, workspace, document } = subject;
  if (document.document.languageId !== 'muster-playbook') return 'unknown';
  if (chosen.text === undefined) return absentEverywhere(name, subject);
  const { nodes } = chosen;
  if (!nodes || nodes.length === 0) return 'unknown';
  const without = nodes.filter((node) => !hasVariable(node, name, workspace));
  if (without.length === 0) return 'nowhere';
  const isAll = without.length === nodes.length;
  const where = isAll
    ? `on ${nodes.length === 1 ? 'the node that is meant' : `all ${nodes.length} nodes that are meant`}`
    : `on ${without.length} of ${nodes.length} nodes that are meant: ${foldForDisplay(without)}`;
  const near = isAll ? nearestVariable(name, nodes, subject) : undefined;
  return { where, near, repairs: groupRepairs(name, without, workspace) };
}

/** Nodes are chosen when it is run: one that no node of the inventory has is not there on any of them. */
function absentEverywhere(name: string, subject: Subject): Absence {
  const { workspace } = subject;
  const nodes = [...workspace.inventory.nodes.keys()];
  if (!workspace.isClosed || nodes.length === 0 || nodes.some((node) => hasVariable(node, name, workspace)))
    return 'unknown';
  const near = nearestVariable(name, nodes, subject);
  return { where: 'on every node of the inventory', near, repairs: [] };
}

function hasVariable(node: string, name: string, { inventory }: Workspace): boolean {
  const vars = inventory.nodes.get(node)?.vars;
  return vars !== undefined && Object.hasOwn(vars, name);
}

function nearestVariable(name: string, nodes: readonly string[], subject: Subject): string | undefined {
  const { workspace, steps } = subject;
  const known = new Set([...declaredNames(subject), ...steps.flatMap(namesMadeBy)]);
  for (const node of nodes)
    for (const each of Object.keys(workspace.inventory.nodes.get(node)?.vars ?? {})) known.add(each);
  return nearest(name, known);
}

/** P13: a variable is looked for on every node that is meant. */
function* undefinedOn(used: Used, absence: Absence, subject: Subject): Iterable<Finding> {
  if (typeof absence === 'string') return;
  const { name } = used.lookUp;
  const { where, near, repairs } = absence;
  const destroys = destructionOf(used);
  const advice =
    destroys === undefined
      ? 'Give it to them, or write default(…).'
      : `Give it to them: empty, this ${destroys}.`;
  const finding: Finding = {
    code: 'vars/undefined',
    ...(!subject.workspace.isClosed && { level: 'hint' }),
    message: `"${name}" is undefined ${where}. ${near === undefined ? advice : didYouMean(near)}`,
    range: placeOf(used, subject),
    repairs: [
      ...(near === undefined ? [] : nameRepair(near, used, subject)),
      ...(destroys === undefined ? emptyRepairs(used, repairs, subject) : []),
    ],
  };
  yield placed(finding, used);
}

/** All of these write an empty value. */
function emptyRepairs(used: Used, repairs: readonly Repair[], subject: Subject): readonly Repair[] {
  return [...defaultRepair(used, subject), playbookRepair(used.lookUp.name, subject), ...repairs];
}

function destructionOf({ text, lookUp }: Used): string | undefined {
  if ('lines' in text || text.written.role !== 'command') return undefined;
  return destructionWithout(lookUp.full, text.written.value);
}

function tooEarly(used: Used, code: string, subject: Subject): Finding {
  const { name, top } = used.lookUp;
  const step = stepAround(used.text.path);
  const maker = subject.steps.find((each) =>
    top === 'steps' ? each.text('id') === name : namesMadeBy(each).includes(name),
  );
  const range = placeOf(used, subject);
  if (maker && isOwn(maker, used.text.path)) {
    const own = top === 'steps' ? `The result of "${name}"` : `"${name}"`;
    return { code, message: `${own} is only there behind this step. Look it up in a later one.`, range };
  }
  const what = top === 'steps' ? `The step "${name}" comes later` : `"${name}" is made by a later step`;
  const isBeside = maker && step && JSON.stringify(maker.list) === JSON.stringify(step.slice(0, -1));
  const related = maker && {
    related: [
      {
        message: 'It is made here.',
        uri: subject.document.document.uri,
        range: subject.range(maker.path, 'value'),
      },
    ],
  };
  const fix = isBeside ? 'Move that step up, or name it under "needs".' : 'Move that step up.';
  return { code, message: `${what}. ${fix}`, range, ...related };
}

function placeOf({ text, lookUp }: Used, { document, range: rangeAt }: Subject) {
  if ('lines' in text) return rangeAt(text.path, 'value');
  return rangeOf(document.document, text.rangeOf(lookUp));
}

/** The name that was meant, in the place of the one that is there. */
function nameRepair(word: string, used: Used, subject: Subject): readonly Repair[] {
  const { text, lookUp } = used;
  const title = `Change to "${word}"`;
  const isFile = 'lines' in text;
  const range = isFile ? rangeIn(text, lookUp) : placeOf(used, subject);
  const written = isFile
    ? text.text.slice(lookUp.start, lookUp.end)
    : subject.document.document.getText(range);
  if (!written.endsWith(lookUp.name)) return [];
  const edits = [{ range, newText: written.slice(0, -lookUp.name.length) + word }];
  return [isFile ? { title, edits: [], elsewhere: { [text.uri]: edits } } : { title, edits }];
}

function defaultRepair(used: Used, subject: Subject): readonly Repair[] {
  const { text, lookUp } = used;
  const title = 'Write a default for nodes without it';
  if ('lines' in text) {
    if (!/^[\w.]+$/.test(text.text.slice(lookUp.start, lookUp.end))) return [];
    const { end } = rangeIn(text, lookUp);
    const edit = { range: { start: end, end }, newText: ' | default("")' };
    return [{ title, edits: [], elsewhere: { [text.uri]: [edit] } }];
  }
  const { end, start } = placeOf(used, subject);
  const written = subject.document.document.getText({ start, end });
  if (!/^[\w.]+$/.test(written)) return [];
  const scalar = subject.document.document.getText(subject.range(text.path, 'value'));
  const empty = scalar.startsWith('"') ? "''" : '""';
  return [{ title, edits: [{ range: { start: end, end }, newText: ` | default(${empty})` }] }];
}

function playbookRepair(name: string, { document }: Subject): Repair {
  const edit = insertionBelow(document, ['vars', name], "''");
  return { title: `Write "${name}" under "vars" of the playbook`, edits: [edit] };
}
