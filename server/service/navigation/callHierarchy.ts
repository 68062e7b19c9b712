import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  Position,
  Range,
} from 'vscode-languageserver-types';
import { SymbolKind } from 'vscode-languageserver-types';
import { at } from '../../../core/yaml/data.ts';
import type { Path } from '../../../core/yaml/places.ts';
import type { MusterDocument } from '../document.ts';
import { rangeOf } from '../document.ts';
import type { Occurrence } from '../facts/occurrence.ts';
import { stepAround } from '../facts.ts';
import { canonicalUri, folderOf, nameOf } from '../uris.ts';
import type { Workspace } from '../workspace.ts';
import { meaningAt, meaningOf } from './meaning.ts';
import { titleOf } from './outline.ts';

/** Steps call what they need, notify or run from another file; playbooks and tasks call the files that their steps run. */
export function prepareCallHierarchy(
  document: MusterDocument,
  position: Position,
  workspace: Workspace,
): CallHierarchyItem[] | undefined {
  const meaning = meaningAt(document, position, workspace);
  if (meaning?.query.kinds.includes('file')) return fileItem(meaning.at.name, workspace);
  const isStep = meaning?.query.kinds.some((kind) => kind === 'step' || kind === 'handler');
  if (isStep)
    return meaning?.declarations.flatMap((each) => stepItem(each.uri, stepAround(each.path), workspace));
  const path = document.parsed.pathAt(document.document.offsetAt(position))?.path ?? [];
  const step = stepAround(path);
  const { uri } = document.document;
  return step ? stepItem(uri, step, workspace) : fileItem(canonicalUri(uri), workspace);
}

/** Who needs, notifies or runs it. */
export function incomingCalls(item: CallHierarchyItem, workspace: Workspace): CallHierarchyIncomingCall[] {
  const { uri, step } = dataOf(item);
  const callers = step
    ? declaredIn(uri, step, workspace).flatMap((each) => meaningOf(each, workspace).references.filter(isCall))
    : workspace.symbols.references({ kinds: ['file'], name: uri });
  return grouped(callers, (each) => itemAround(each, workspace)).map(([from, ranges]) => ({
    from,
    fromRanges: [...ranges],
  }));
}

/** What it needs, notifies or runs. */
export function outgoingCalls(item: CallHierarchyItem, workspace: Workspace): CallHierarchyOutgoingCall[] {
  const { uri, step } = dataOf(item);
  const isInside = ({ path }: Occurrence): boolean => !step || step.every((key, at) => path[at] === key);
  const calls = (workspace.facts(uri)?.occurrences ?? []).filter(
    (each) =>
      each.role === 'reference' && isInside(each) && (step ? isCall(each) : each.kinds.includes('file')),
  );
  return grouped(calls, (each) =>
    each.kinds.includes('file')
      ? fileItem(each.name, workspace)
      : meaningOf(each, workspace).declarations.flatMap(({ uri: file, path }) =>
          stepItem(file, stepAround(path), workspace),
        ),
  ).map(([to, ranges]) => ({ to, fromRanges: [...ranges] }));
}

/** `needs`, `notify`, `task` and `playbook`; what templates look up is no call. */
function isCall({ kinds, within }: Occurrence): boolean {
  return within === 'text' && kinds.some((kind) => kind === 'step' || kind === 'handler' || kind === 'file');
}

type Data = { readonly uri: string; readonly step?: Path };

/** What an item was made of; clients send it back as it was. */
function dataOf({ uri, data }: CallHierarchyItem): Data {
  const step = at(data, ['step']);
  return { uri: canonicalUri(uri), ...(Array.isArray(step) && { step: step as Path }) };
}

function declaredIn(uri: string, step: Path, workspace: Workspace): readonly Occurrence[] {
  return (workspace.facts(uri)?.occurrences ?? []).filter(
    ({ role, kinds, path }) =>
      role === 'declaration' &&
      kinds.some((kind) => kind === 'step' || kind === 'handler') &&
      path.length === step.length + 1 &&
      step.every((key, at) => path[at] === key),
  );
}

function itemAround({ uri, path }: Occurrence, workspace: Workspace): CallHierarchyItem[] {
  const step = stepAround(path);
  return step ? stepItem(uri, step, workspace) : fileItem(canonicalUri(uri), workspace);
}

function stepItem(uri: string, step: Path | undefined, workspace: Workspace): CallHierarchyItem[] {
  const file = step && workspace.document(canonicalUri(uri));
  if (!file) return [];
  const range = rangeOf(file.document, file.parsed.rangeOf(step, 'value'));
  const isNamed = typeof file.parsed.writtenAt([...step, 'id']) === 'string';
  const selectionRange = isNamed
    ? rangeOf(file.document, file.parsed.rangeOf([...step, 'id'], 'value'))
    : { start: range.start, end: range.start };
  return [
    {
      name: titleOf(file.parsed.writtenAt(step)),
      kind: step[0] === 'handlers' ? SymbolKind.Event : SymbolKind.Function,
      detail: nameOf(uri),
      uri: file.document.uri,
      range,
      selectionRange,
      data: { step },
    },
  ];
}

function fileItem(uri: string, workspace: Workspace): CallHierarchyItem[] {
  if (workspace.exists(uri) === false) return [];
  const start = { line: 0, character: 0 };
  const range = { start, end: start };
  return [
    {
      name: nameOf(uri),
      kind: SymbolKind.File,
      detail: nameOf(folderOf(uri)),
      uri: workspace.facts(uri)?.uri ?? uri,
      range,
      selectionRange: range,
    },
  ];
}

/** Items with the places that lead to them, each item once. */
function grouped(
  occurrences: readonly Occurrence[],
  itemsOf: (each: Occurrence) => readonly CallHierarchyItem[],
): readonly (readonly [CallHierarchyItem, readonly Range[]])[] {
  const found = new Map<string, { item: CallHierarchyItem; ranges: Range[] }>();
  for (const each of occurrences)
    for (const item of itemsOf(each)) {
      const key = `${item.uri} ${JSON.stringify(item.data)}`;
      const group = found.get(key) ?? { item, ranges: [] };
      group.ranges.push(each.range);
      found.set(key, group);
    }
  return [...found.values()].map(({ item, ranges }) => [item, ranges]);
}
