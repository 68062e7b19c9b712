/** Language of a file of ours by its name, the same patterns as in VS Code; undefined for any other file. */
export function languageOf(uri: string): string | undefined {
  const path = decodeURIComponent(uri.replace(/^[a-z][\w+.-]*:\/\/[^/]*/i, ''));
  return patterns.find(([pattern]) => pattern.test(path))?.[1];
}

const patterns: readonly (readonly [RegExp, string])[] = [
  [/\.inventory\.yaml$|(?:^|\/)\.muster\/inventory\.yaml$/, 'muster-inventory'],
  [/\.playbook\.yaml$/, 'muster-playbook'],
  [/\.task\.yaml$/, 'muster-task'],
  [/(?:^|\/)(?:\.muster|\.config\/muster)\/config\.yaml$|\.muster-config\.yaml$/, 'muster-config'],
  [/(?:^|\/)\.?muster\/policy\.yaml$|\.policy\.yaml$/, 'muster-policy'],
];

/** What a first line says that a file is: `# muster: playbook`; undefined where it says nothing of the kind. */
export function languageOfModeline(text: string): string | undefined {
  const [, kind] =
    /^\uFEFF?#[^\n]*\bmuster: *(inventory|playbook|task|config|policy)\b/.exec(text.slice(0, 200)) ?? [];
  return kind && `muster-${kind}`;
}

/** Language of a YAML text whose name does not say, by its first line and its keys; undefined where they say nothing. */
export function languageOfText(text: string): string | undefined {
  const said = languageOfModeline(text);
  if (said !== undefined) return said;
  const keys = keysAtMargin(text);
  if (keys.has('implementations')) return 'muster-task';
  if (!keys.has('steps')) return undefined;
  return keys.has('outputs') && !keys.has('targets') ? 'muster-task' : 'muster-playbook';
}

/** Lines of a text that are looked at to offer a language. */
const firstLines = 50;

/**
 * Language that a YAML text is probably of, to be offered: by keys that stand together in no other kind of file, so that
 * what only has `steps`, as pipelines do, is left alone.
 */
export function likelyLanguage(text: string): string | undefined {
  const keys = keysAtMargin(text.split('\n', firstLines).join('\n'));
  const hasAny = (...names: readonly string[]): boolean => names.some((name) => keys.has(name));
  if (hasAny('apiVersion', 'trigger', 'jobs', 'hosts')) return undefined;
  if (keys.has('steps') && hasAny('targets', 'strategy', 'handlers', 'finally')) return 'muster-playbook';
  if (keys.has('steps') && hasAny('supportsDryRun', 'implementations')) return 'muster-task';
  if (keys.has('nodes') && hasAny('groups', 'defaults', 'sources', 'tags')) return 'muster-inventory';
  return keys.has('rules') && hasAny('protectedTags', 'confirmAbove', 'typedAbove')
    ? 'muster-policy'
    : undefined;
}

function keysAtMargin(text: string): ReadonlySet<string | undefined> {
  return new Set([...text.matchAll(/^["']?([\w-]+)["']?[ \t]*:/gm)].map(([, key]) => key));
}
