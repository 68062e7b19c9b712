import { pageOf } from './rules.ts';
import type { Rule } from './rule.ts';

const said = {
  error: 'an error',
  warning: 'a warning',
  info: 'an information',
  hint: 'a hint',
} as const;

/** The page of a rule, in Markdown. */
export function rulePage(rule: Rule): string {
  const { code, title, level, by, text, example } = rule;
  const who =
    by === 'engine'
      ? 'The engine says the same when it runs the file.'
      : 'The editor and `muster check` say so; the engine runs the file all the same.';
  // Tools would take the marks of a merge for real ones.
  const shown =
    example && !example.bad.includes('=======')
      ? [`## Example`, fenced(example.bad), 'Better:', fenced(example.good), ...beside(example.files)]
      : [];
  return [
    `# ${title}`,
    `\`${code}\` · ${said[level]}`,
    text,
    who,
    ...shown,
    `[All rules](README.md), and how to make this one louder, quieter or silent.`,
  ]
    .join('\n\n')
    .concat('\n');
}

function beside(files: Readonly<Record<string, string>> = {}): readonly string[] {
  return Object.entries(files).flatMap(([path, text]) => [`Beside it, in \`${path}\`:`, fenced(text)]);
}

/** Tabs are shown. */
function fenced(text: string): string {
  return ['```text', text.trimEnd().replaceAll('\t', '→'), '```'].join('\n');
}

/** The page that lists all rules. */
export function rulesPage(rules: readonly Rule[]): string {
  const rows = rules.map(
    (rule) =>
      `| [\`${rule.code}\`](${pageOf(rule)}) | ${rule.title.replaceAll('|', '\\|')} | ${rule.level} | ${rule.by} |`,
  );
  return ['# Rules', intro, ['| code | what | level | by |', '| --- | --- | --- | --- |', ...rows].join('\n')]
    .join('\n\n')
    .concat('\n');
}

const intro = `What the editor and \`muster check\` tell of files. Codes never change. \`engine\`: what the engine refuses or warns about when it runs the file. \`editor\`: advice.

How loud a rule is can be said for a workspace or a person, in \`config.yaml\`, by code or by family:

\`\`\`yaml
rules:
  vars/unused: off
  safety: error
\`\`\`

In VS Code the setting \`muster.rules\` does the same, and wins. What the engine refuses it refuses all the same.

A comment silences a rule at one place; a quick fix writes it:

\`\`\`yaml
steps:
  - run: shutdown -h now # muster-ignore safety/destructive -- the last step of the move
  # muster-ignore vars/undefined, template/not-quotable
  - run: echo {{ vars.port }}
\`\`\`

Behind something it is about its line, on a line of its own about the next one. \`# muster-ignore-file vars\` is about the whole file. Without a code everything is silenced. Why it is so stands behind \` -- \`.`;
