import type { TemplateText } from '../../../core/playbook/read/texts.ts';
import type { Path } from '../../../core/yaml/places.ts';
import { keysOf, wholeRemoval } from '../edit/entries.ts';
import { canonicalUri } from '../uris.ts';
import { type FilledFile, type FilledFiles, filledFiles } from './filledFiles.ts';
import type { Finding } from './finding.ts';
import { includedIn, includersOf } from './included.ts';
import { looksAtAll } from './lookUps.ts';
import { stepLists, type WrittenStep } from './steps.ts';
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
  const used = usedIn(texts);
  for (const { key, top, code, what } of tables) {
    const names = keysOf(document.parsed.writtenAt([key])).filter(
      // Parameters are variables too.
      (name) => !used.has(`${top}.${name}`) && !(key === 'params' && used.has(`vars.${name}`)),
    );
    if (names.length === 0 || texts.some((text) => looksAtAll(text.expressions, top))) continue;
    // What a playbook says is also seen by the files that it uses.
    const elsewhere = key === 'vars' ? usedElsewhere(subject) : new Set<string>();
    if (!elsewhere) continue;
    for (const name of names) {
      if (elsewhere.has(name)) continue;
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
  if (!isTask) yield* unusedResults(subject, texts);
}

/** What steps keep for later ones, and none of them looks up; a file that uses this one may. */
function* unusedResults(subject: Subject, texts: readonly TemplateText[]): Iterable<Finding> {
  const { document, steps, workspace } = subject;
  const kept = steps.flatMap((step) => keptBy(step));
  if (kept.length === 0 || texts.some((text) => looksAtAll(text.expressions, 'vars'))) return;
  const used = usedIn(texts);
  const unused = kept.filter(({ name }) => !used.has(`vars.${name}`));
  if (unused.length === 0 || includersOf(canonicalUri(document.document.uri), workspace).length > 0) return;
  const elsewhere = usedElsewhere(subject);
  for (const { name, path } of elsewhere ? unused : []) {
    if (elsewhere?.has(name)) continue;
    yield {
      code: 'vars/unused',
      message: `Nothing uses the variable "${name}" that this step keeps.`,
      range: subject.range(path, path.at(-1) === 'register' ? 'value' : 'key'),
      isUnnecessary: true,
      repairs: [{ title: `Remove "${name}"`, edits: [wholeRemoval(document, path)] }],
    };
  }
}

/** Variables that a step keeps, each where it says so. A step that does nothing but that is taken out by hand. */
function keptBy(step: WrittenStep): readonly { readonly name: string; readonly path: Path }[] {
  return step.texts('register').map((name) => ({ name, path: [...step.path, 'register'] }));
}

/** Names that texts look up, with the tables that they are in: `vars.port`. */
function usedIn(texts: readonly TemplateText[]): { has(name: string): boolean } {
  const used = new Set<string>();
  for (const { written } of texts) for (const { full } of written.members) used.add(full);
  return used;
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
  const names = filled
    .flatMap(({ files }) => files.flatMap(({ written }) => written.members))
    .map(({ name }) => name);
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
