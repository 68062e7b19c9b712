import { checkRegex } from '../../../core/selection/regex.ts';
import { shapesBelow, type Shape, shapesOf } from '../../../core/schema/shape.ts';
import { sentenceOf } from '../../../core/util/problem.ts';
import { remembered } from '../../../core/util/remembered.ts';
import { at as valueAt, entriesOf, type OuterEntry, outerEntries } from '../../../core/yaml/data.ts';
import type { Path } from '../../../core/yaml/places.ts';
import { change, keysOf } from '../edit/entries.ts';
import { singleQuoted } from '../edit/quoting.ts';
import { rangeOf } from '../document.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';

/** Values that mean something else than they look like. */
export function* valueFindings(subject: Subject): Iterable<Finding> {
  yield* plainTraps(subject);
  yield* patterns(subject);
  yield* windowsPaths(subject);
}

const word = /^(?:yes|no|on|off)$/i;
const zeros = /^[+-]?0\d+$/;

/** Plain scalars where any data may stand: variables, parameters of tasks, facts. */
function* plainTraps(subject: Subject): Iterable<Finding> {
  const { document } = subject;
  for (const { path, value, written } of trapsIn(subject)) {
    const place = document.parsed.rangeOf(path, 'value');
    const range = rangeOf(document.document, place);
    const quote = {
      title: 'Quote it',
      edits: [change(document, place, singleQuoted(written))],
      isSure: true,
    };
    if (typeof value === 'number')
      yield {
        code: 'values/leading-zero',
        message: `YAML reads ${written} as ${value}. Quote it where the zero counts.`,
        range,
        repairs: [quote],
      };
    else {
      const meant = /^(?:yes|on)$/i.test(written) ? 'true' : 'false';
      const instead = { title: `Change to ${meant}`, edits: [change(document, place, meant)] };
      const message = `"${written}" is text here, and counts as true in a condition. Write ${meant}, or quote it.`;
      yield { code: 'values/yes-no', message, range, repairs: [instead, { ...quote, isSure: false }] };
    }
  }
}

type Datum = { readonly path: Path; readonly value: unknown };
type Trap = Datum & { readonly written: string };

/** Numbers, and words that may be meant as others, where any data may stand. */
function trapsIn({ document }: Subject): readonly Trap[] {
  const root = shapesOf(document.schema);
  const text = document.document.getText();
  const find = ({ path, value }: Pick<OuterEntry, 'path' | 'value'>): readonly Trap[] =>
    dataBelow(value, path.reduce(shapesInside, root), []).flatMap((datum): Trap[] => {
      const { start, end } = document.parsed.rangeOf([...path, ...datum.path], 'value');
      const written = text.slice(start, end);
      const isTrap = (typeof datum.value === 'number' ? zeros : word).test(written);
      return isTrap ? [{ ...datum, written }] : [];
    });
  return outerEntries(document.parsed.writtenAt([])).flatMap((entry) => {
    const { path, value } = entry;
    const found = typeof value === 'object' && value !== null ? trapsOf(value, entry, find) : find(entry);
    return found.map((each) => ({ ...each, path: [...path, ...each.path] }));
  });
}

/** Those of an entry, below it. */
const trapsOf = remembered(
  (_value: object, entry: OuterEntry, find: (entry: OuterEntry) => readonly Trap[]) => find(entry),
);

function dataBelow(value: unknown, shapes: readonly Shape[], path: Path): readonly Datum[] {
  if (typeof value === 'object' && value !== null)
    return entriesOf(value).flatMap(([key, child]) =>
      dataBelow(child, shapesInside(shapes, key), [...path, key]),
    );
  const isOdd = typeof value === 'number' || (typeof value === 'string' && word.test(value));
  return isOdd && isData(shapes) ? [{ path, value }] : [];
}

function shapesInside(shapes: readonly Shape[], key: string | number): readonly Shape[] {
  const inner = shapesBelow(shapes, typeof key === 'number' ? undefined : key);
  return isData(shapes) && inner.length === 0 ? shapes : inner;
}

function isData(shapes: readonly Shape[]): boolean {
  return shapes.length > 0 && shapes.every(({ kind }) => kind === 'data');
}

function* patterns(subject: Subject): Iterable<Finding> {
  const { parsed } = subject.document;
  for (const name of keysOf(parsed.writtenAt(['params']))) {
    const path: Path = ['params', name, 'pattern'];
    const written = parsed.writtenAt(path);
    const refusal = typeof written === 'string' ? checkRegex(written) : undefined;
    if (refusal)
      yield { code: 'values/regex', message: sentenceOf(refusal), range: subject.range(path, 'value') };
  }
}

const windowsPath = /^[A-Za-z]:[\\/]|^\\\\/;

/** Places on a node that a POSIX shell would not find. */
function* windowsPaths(subject: Subject): Iterable<Finding> {
  for (const step of subject.steps) {
    const cwd = step.text('cwd');
    if (step.text('shell') === 'pwsh') continue;
    if (cwd !== undefined && windowsPath.test(cwd)) {
      const message =
        'This is a path of Windows, and the step runs in a POSIX shell. Write a POSIX path, or "shell: pwsh".';
      yield { code: 'values/windows-path', message, range: subject.range([...step.path, 'cwd'], 'value') };
    }
    for (const key of onNodes) {
      const path: Path = [...step.path, ...key];
      const value = valueAt(step.written, key);
      if (typeof value !== 'string' || !windowsPath.test(value)) continue;
      const message =
        'This is a path of Windows, and files are put and found by a POSIX shell. Write a POSIX path.';
      yield { code: 'values/windows-path', message, range: subject.range(path, 'value') };
    }
  }
}

/** Keys of steps whose values are places on the node. */
const onNodes: readonly Path[] = [
  ['copy', 'to'],
  ['template', 'to'],
  ['fetch', 'from'],
  ['wait', 'path'],
];
