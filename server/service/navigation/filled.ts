import { fileText } from '../../../core/playbook/read/writtenTexts.ts';
import { linesOf } from '../../../core/yaml/lines.ts';
import type { Occurrence } from '../facts/occurrence.ts';
import { lookUpsIn } from '../facts/lookUps.ts';
import { canonicalUri } from '../uris.ts';
import type { Workspace } from '../workspace.ts';
import { isShared, type Meaning, usedTogether } from './meaning.ts';

/** A name with its places in the files that steps fill in, which are no files of ours. */
export function withFilled(meaning: Meaning, workspace: Workspace): Meaning {
  const { kinds, name } = meaning.query;
  const files = new Set([...usersOf(meaning, workspace)].flatMap((uri) => filledBy(uri, workspace)));
  const found = [...files].flatMap((uri) =>
    lookUpsOf(uri, workspace).filter(
      (each) => each.name === name && each.kinds.some((kind) => kinds.includes(kind)),
    ),
  );
  return found.length === 0 ? meaning : { ...meaning, references: [...meaning.references, ...found] };
}

/** Playbooks and tasks in which the name means this. */
function usersOf({ at, query, declarations }: Meaning, workspace: Workspace): Iterable<string> {
  if (query.scope !== undefined) return [query.scope];
  if (query.kinds.includes('param')) return declarations.flatMap(({ scope }) => scope ?? []);
  const isVariable = query.kinds.some((kind) => kind === 'var' || kind === 'register');
  if (!isVariable && !query.kinds.includes('secret')) return [];
  const isForAll = declarations.some(({ uri }) => isShared(uri, workspace));
  return isForAll ? workspace.uris : usedTogether(canonicalUri(at.uri), workspace);
}

/** Files that steps of a playbook or task fill in. */
function filledBy(uri: string, workspace: Workspace): readonly string[] {
  return (workspace.facts(uri)?.occurrences ?? []).flatMap(({ kinds, name, path }) =>
    kinds.includes('file') && path.at(-2) === 'template' ? [name] : [],
  );
}

function lookUpsOf(uri: string, workspace: Workspace): readonly Occurrence[] {
  const read = workspace.text(uri);
  if (!read) return [];
  const lines = linesOf(read.text);
  const position = (offset: number): Occurrence['range']['start'] => {
    const { line, column } = lines.range(offset, offset);
    return { line: line - 1, character: column - 1 };
  };
  return fileText(read)
    .expressions.flatMap(lookUpsIn)
    .map(({ kinds, name, start, end }): Occurrence => ({
      kinds,
      name,
      role: 'reference',
      uri,
      range: { start: position(start), end: position(end) },
      path: [],
      within: 'expression',
    }));
}
