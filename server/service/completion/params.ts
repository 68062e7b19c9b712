import type { Path } from '../../../core/yaml/places.ts';
import { outlineOf, valuesOf } from '../cursor/outline.ts';
import { resolveUri } from '../uris.ts';
import type { Place } from './place.ts';

/** A parameter as far as it helps to give it a value. Values of sensitive ones are never part of it. */
export type OfferedParam = {
  readonly name: string;
  readonly detail: string;
  readonly isRequired: boolean;
  /** What it may be, where that is a few words. */
  readonly words: readonly string[];
};

/** Parameters of the task or playbook that the step at a path names, those that have to be given first. */
export function paramsOf({ document, text, workspace }: Place, step: Path): readonly OfferedParam[] {
  const valueAt = valuesOf(outlineOf(text));
  const file = valueAt([...step, 'task']) ?? valueAt([...step, 'playbook']);
  const uri = file === undefined ? undefined : resolveUri(document.uri, file);
  const read = uri === undefined ? undefined : workspace.document(uri);
  return read ? paramsIn(read.parsed.writtenAt(['params'])) : [];
}

/** Parameters as a file declares them. */
function paramsIn(declared: unknown): readonly OfferedParam[] {
  if (!(declared instanceof Map)) return [];
  return [...(declared as Map<string, unknown>)]
    .map(([name, written]) => paramOf(name, written))
    .toSorted((a, b) => Number(b.isRequired) - Number(a.isRequired));
}

function paramOf(name: string, written: unknown): OfferedParam {
  const param: Record<string, unknown> =
    typeof written === 'object' && written !== null ? { ...written } : {};
  const { type = 'string', required, description, values, default: usual, sensitive } = param;
  const isRequired = required === true && usual === undefined;
  const shown = [`${isRequired ? 'required ' : ''}parameter`, String(type), description];
  const listed: readonly unknown[] =
    type === 'boolean' ? ['true', 'false'] : Array.isArray(values) ? values : [];
  return {
    name,
    detail: shown.filter((part) => typeof part === 'string').join(' · '),
    isRequired,
    words: sensitive === true ? [] : listed.map(String),
  };
}
