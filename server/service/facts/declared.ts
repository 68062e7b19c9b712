import type { Path } from '../../../core/yaml/places.ts';
import { at as valueAt } from '../../../core/yaml/data.ts';
import { rangeOf } from '../document.ts';
import { resolveUri } from '../uris.ts';
import { namesInList } from './names.ts';
import type { Occurrence, SymbolKind } from './occurrence.ts';
import { rangeInside } from './place.ts';
import type { Source } from './references.ts';

/** Where the walk is; `step` is the step around it. */
export type Place = { readonly path: Path; readonly step: Path | undefined };

/** What is declared by a key: `nodes: { web01: … }`, `vars: { port: … }`; sets of parameters and `with` name what is. */
export function declaredByKey(source: Source, place: Place, key: string): readonly Occurrence[] {
  const { path } = place;
  const { languageId } = source.document.document;
  if (languageId === 'muster-inventory') return inInventory(source, path, key);
  if (languageId === 'muster-config') return inConfig(source, path, key);
  if (languageId !== 'muster-playbook' && languageId !== 'muster-task') return [];
  const [top] = path;
  if (path.length === 2) {
    if (top === 'params') return [keyNamed(source, path, { kind: 'param', key, scope: source.file })];
    if (top === 'secrets') return [keyNamed(source, path, { kind: 'secret', key, scope: source.file })];
    if (top === 'vars') return [keyNamed(source, path, { kind: 'var', key })];
  }
  if (top === 'batch' && path.length === 3)
    return [{ ...keyNamed(source, path, { kind: 'param', key, scope: source.file }), role: 'reference' }];
  if (place.step && path.length === place.step.length + 2) return inStep(source, place.step, path);
  return [];
}

/** What is declared by a value: the id of a step, the variable that keeps its result, what people call it or its file. */
export function declaredByValue(source: Source, { path, step }: Place, value: string): readonly Occurrence[] {
  const { uri, languageId } = source.document.document;
  const isOurs = languageId === 'muster-playbook' || languageId === 'muster-task';
  const isOfStep = step !== undefined && path.length === step.length + 1;
  if (!isOurs || (!isOfStep && path.length !== 1)) return [];
  const kind = kindOfValue(path.at(-1), step);
  if (kind === undefined) return [];
  const range = rangeInside(source.document, { path, part: 'value', value }, { start: 0, end: value.length });
  return [
    {
      kinds: [kind],
      name: value,
      role: 'declaration',
      uri,
      range,
      path,
      ...(kind !== 'register' && { scope: source.file }),
      within: 'text',
    },
  ];
}

function kindOfValue(key: string | number | undefined, step: Path | undefined): SymbolKind | undefined {
  if (key === 'name') return 'title';
  if (key === 'register') return step && 'register';
  return key === 'id' && step ? (step[0] === 'handlers' ? 'handler' : 'step') : undefined;
}

const ofConfig: ReadonlyMap<unknown, SymbolKind> = new Map<unknown, SymbolKind>([
  ['vars', 'var'],
  ['secrets', 'secret'],
  ['services', 'service'],
]);

/** What a configuration has for all playbooks and tasks. */
function inConfig(source: Source, path: Path, key: string): readonly Occurrence[] {
  const kind = path.length === 2 ? ofConfig.get(path[0]) : undefined;
  return kind === undefined ? [] : [keyNamed(source, path, { kind, key })];
}

function inInventory(source: Source, path: Path, key: string): readonly Occurrence[] {
  const [top] = path;
  const isEntity = top === 'nodes' || top === 'groups';
  if (path.length === 2 && top === 'nodes') return nodesOf(source, path, key);
  if (path.length === 2 && top === 'groups') return [keyNamed(source, path, { kind: 'group', key })];
  if (path.length === 2 && top === 'tags') return [keyNamed(source, path, { kind: 'tag', key })];
  if (path.length === 4 && isEntity && path[2] === 'vars')
    return [keyNamed(source, path, { kind: 'var', key })];
  return [];
}

/** A key of nodes may be several names and ranges. */
function nodesOf({ document }: Source, path: Path, key: string): readonly Occurrence[] {
  return namesInList(key).map(({ start, end, ...named }) => ({
    ...named,
    role: 'declaration',
    uri: document.document.uri,
    range: rangeInside(document, { path, part: 'key', value: key }, { start, end }),
    path,
    within: 'selection',
  }));
}

/** `set` declares variables; `with` gives those that the task or playbook of the step declares. */
function inStep(source: Source, step: Path, path: Path): readonly Occurrence[] {
  const key = String(path.at(-1));
  const list = path.at(-2);
  if (list === 'set') return [keyNamed(source, path, { kind: 'var', key })];
  if (list !== 'with') return [];
  const written = source.document.parsed.writtenAt(step);
  const file = valueAt(written, ['task']) ?? valueAt(written, ['playbook']);
  const scope = typeof file === 'string' ? resolveUri(source.document.document.uri, file) : undefined;
  return scope === undefined
    ? []
    : [{ ...keyNamed(source, path, { kind: 'param', key, scope }), role: 'reference' }];
}

function keyNamed(
  { document }: Source,
  path: Path,
  { kind, key, scope }: { kind: SymbolKind; key: string; scope?: string },
): Occurrence {
  const whole = document.parsed.rangeOf(path, 'key');
  const text = document.document.getText();
  const quote = /["']/.test(text[whole.start] ?? '') && whole.end - whole.start >= 2 ? 1 : 0;
  const inner = { ...whole, start: whole.start + quote, end: whole.end - quote };
  return {
    kinds: [kind],
    name: key,
    role: 'declaration',
    uri: document.document.uri,
    range: rangeOf(document.document, inner),
    path,
    ...(scope !== undefined && { scope }),
    within: 'text',
  };
}
