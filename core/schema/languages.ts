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

/** Language of a YAML text whose name does not say, by its keys at the margin; undefined where they say nothing. */
export function languageOfText(text: string): string | undefined {
  const keys = new Set([...text.matchAll(/^["']?([\w-]+)["']?[ \t]*:/gm)].map(([, key]) => key));
  if (keys.has('implementations')) return 'muster-task';
  if (!keys.has('steps')) return undefined;
  return keys.has('outputs') && !keys.has('targets') ? 'muster-task' : 'muster-playbook';
}
