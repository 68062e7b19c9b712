import { templateTexts } from '../../../core/playbook/read/texts.ts';
import { shellContexts } from '../../../core/playbook/template/shellContext.ts';
import { parseTemplate, type TemplatePart } from '../../../core/playbook/template/template.ts';
import type { TextPlace } from '../../../core/util/problem.ts';
import { shells } from '../../../core/util/quote.ts';
import type { Path } from '../../../core/yaml/places.ts';
import type { MusterDocument } from '../document.ts';

/** Shells that ShellCheck knows. */
const known = ['sh', 'bash', 'dash', 'ksh'] as const;
export type KnownShell = (typeof known)[number];

/** A command of a file, as it is given to ShellCheck. */
export type Script = {
  readonly path: Path;
  readonly shell: KnownShell;
  /** As it was read, with `{{ }}` in it. */
  readonly written: string;
  /** Just as long: each `{{ }}` is what the engine makes of it, one quoted word. */
  readonly masked: string;
  /** Where something is put in. */
  readonly templates: readonly TextPlace[];
};

/** UTF-16 units; a longer command is hardly written in a playbook. */
const longest = 64 * 1024;

/** Commands of a document that are right as templates, and not of a place that is damaged. */
export function scriptsIn(document: MusterDocument): readonly Script[] {
  const { languageId } = document.document;
  if (languageId !== 'muster-playbook' && languageId !== 'muster-task') return [];
  const { parsed, schema, damage } = document;
  return templateTexts({ text: document.document.getText(), schema, document: parsed }).flatMap(
    (text): Script[] => {
      const written = parsed.writtenAt(text.path);
      if (text.role !== 'command' || text.problems.length > 0 || typeof written !== 'string') return [];
      const { start } = parsed.rangeOf(text.path, 'value');
      if (
        written.length > longest ||
        damage.places.some((place) => place.start <= start && start < place.end)
      )
        return [];
      const said = parsed.writtenAt([...text.path.slice(0, -1), 'shell']);
      const shell = said === undefined ? 'sh' : shells.find((each) => each === said);
      const dialect = known.find((each) => each === shell);
      if (dialect === undefined) return [];
      const { parts } = parseTemplate(written);
      const templates = parts
        .filter(({ type }) => type === 'expression')
        .map(({ start: from, end }) => ({ start: from, end }));
      return [{ path: text.path, shell: dialect, written, masked: masked(parts), templates }];
    },
  );
}

/** A variable of the environment stands for each value: nothing is known of it, and it is quoted as the engine does. */
function masked(parts: readonly TemplatePart[]): string {
  const contexts = shellContexts(parts, 'sh');
  let at = 0;
  return parts
    .map((part) => {
      if (part.type === 'text') return part.text;
      const length = part.end - part.start;
      const context = part.isRaw ? 'raw' : contexts[at];
      at += 1;
      const name = (around: number): string => 'X'.repeat(length - around);
      switch (context) {
        case 'word':
          return `"$${name(3)}"`;
        case 'double-quotes':
          return `\${${name(3)}}`;
        case 'arithmetic':
          return '1'.repeat(length);
        default:
          return 'x'.repeat(length);
      }
    })
    .join('');
}
