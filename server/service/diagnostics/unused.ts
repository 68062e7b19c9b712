import type { Path } from '../../../core/yaml/places.ts';
import { keysOf, wholeRemoval } from '../edit/entries.ts';
import { canonicalUri } from '../uris.ts';
import { type FilledFile, type FilledFiles, filledFiles } from './filledFiles.ts';
import type { Finding } from './finding.ts';
import { includedIn } from './included.ts';
import { lookUpsOf, looksAtAll } from './lookUps.ts';
import { stepLists } from './steps.ts';
import type { Subject } from './subject.ts';

const tables = [
  { key: 'vars', top: 'vars', code: 'vars/unused', what: 'variable' },
  { key: 'params', top: 'params', code: 'params/unused', what: 'parameter' },
  { key: 'secrets', top: 'secret', code: 'secrets/unused', what: 'secret' },
] as const;

/** Names that are declared and never looked up. */
export function* unusedFindings(subject: Subject): Iterable<Finding> {
  const { document } = subject;
  const isTask = document.document.languageId === 'muster-task';
  if (!isTask && document.document.languageId !== 'muster-playbook') return;
  const { files, isWhole } = subject.filled;
  // What could not be read may look up any of them.
  if (!isWhole) return;
  const texts = [...subject.texts, ...files];
  const used = new Set(texts.flatMap(lookUpsOf).map(({ top, name }) => `${top}.${name}`));
  const expressions = texts.flatMap((text) => text.expressions);
  for (const { key, top, code, what } of tables) {
    const names = keysOf(document.parsed.writtenAt([key]));
    if (names.length === 0 || looksAtAll(expressions, top)) continue;
    // What a playbook says is also seen by the files that it uses.
    const elsewhere = key === 'vars' ? usedElsewhere(subject) : new Set<string>();
    if (!elsewhere) continue;
    for (const name of names) {
      // Parameters are variables too.
      const isVariable = key === 'params' && used.has(`vars.${name}`);
      if (used.has(`${top}.${name}`) || isVariable || elsewhere.has(name)) continue;
      const path: Path = [key, name];
      yield {
        code,
        message: `Nothing uses the ${what} "${name}".`,
        range: subject.range(path, 'key'),
        isUnnecessary: true,
        repairs: [{ title: `Remove "${name}"`, edits: [wholeRemoval(document, path)] }],
      };
    }
  }
}

/** Variables that included files look up, and those that their steps fill in; undefined where not all of them are known. */
function usedElsewhere(subject: Subject): ReadonlySet<string> | undefined {
  const { facts, isWhole } = includedIn(subject);
  if (!isWhole) return undefined;
  const used = facts.flatMap(({ occurrences }) =>
    occurrences.flatMap(({ kinds, name, role }) =>
      role === 'reference' && kinds.includes('var') ? [name] : [],
    ),
  );
  const filled = facts.map(({ uri }) => filledBy(canonicalUri(uri), subject));
  const isKnown = filled.every((each) => each.isWhole && !each.files.some(looksAtAllVariables));
  const names = filled.flatMap(({ files }) => files.flatMap(lookUpsOf)).map(({ name }) => name);
  return isKnown ? new Set([...used, ...names]) : undefined;
}

function filledBy(uri: string, { workspace }: Subject): FilledFiles {
  const included = workspace.document(uri);
  return included
    ? filledFiles(stepLists(included).flat(), included, workspace)
    : { files: [], isWhole: false };
}

function looksAtAllVariables({ expressions }: FilledFile): boolean {
  return looksAtAll(expressions, 'vars');
}

/** Steps that take the place of a variable of the playbook. */
export function* shadowingFindings(subject: Subject): Iterable<Finding> {
  const { document, steps } = subject;
  const declared = keysOf(document.parsed.writtenAt(['vars']));
  for (const step of steps)
    for (const [name, path] of [
      ...step.texts('register').map((name) => [name, [...step.path, 'register']] as const),
      ...keysOf(step.get('set')).map((name) => [name, [...step.path, 'set', name]] as const),
    ]) {
      if (!declared.includes(name)) continue;
      yield {
        code: 'vars/shadowed',
        message: `"${name}" is a variable of the playbook, and another value from here on.`,
        range: subject.range(path, path.at(-1) === 'register' ? 'value' : 'key'),
        related: [
          {
            message: 'It is declared here.',
            uri: document.document.uri,
            range: subject.range(['vars', name], 'key'),
          },
        ],
      };
    }
}
