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
