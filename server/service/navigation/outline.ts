import type { DocumentSymbol } from 'vscode-languageserver-types';
import { SymbolKind } from 'vscode-languageserver-types';
import { innerSteps, stepKinds } from '../../../core/schema/step.ts';
import { visible } from '../../../core/util/visible.ts';
import { shorten } from '../../../core/util/shorten.ts';
import type { Path } from '../../../core/yaml/places.ts';
import type { MusterDocument } from '../document.ts';
import { rangeOf } from '../document.ts';

/** Entries of one list in an outline; an editor becomes slow with more. */
const most = 25_000;

/** What a document has in it, as a tree: nodes and groups with their variables, steps with the steps inside. */
export function outline(document: MusterDocument): DocumentSymbol[] {
  const { languageId } = document.document;
  if (languageId === 'muster-inventory')
    return [
      ...section(document, ['nodes'], { kind: SymbolKind.Class, entry: SymbolKind.Object }),
      ...section(document, ['groups'], { kind: SymbolKind.Class, entry: SymbolKind.Module }),
      ...section(document, ['tags'], { kind: SymbolKind.Class, entry: SymbolKind.Key }),
    ];
  if (languageId === 'muster-playbook' || languageId === 'muster-task')
    return [
      ...section(document, ['params'], { kind: SymbolKind.Class, entry: SymbolKind.TypeParameter }),
      ...section(document, ['secrets'], { kind: SymbolKind.Class, entry: SymbolKind.Key }),
      ...section(document, ['vars'], { kind: SymbolKind.Class, entry: SymbolKind.Variable }),
      ...['steps', 'implementations', 'handlers', 'finally'].flatMap((key) => list(document, [key])),
      ...section(document, ['outputs'], { kind: SymbolKind.Class, entry: SymbolKind.Variable }),
    ];
  return keysOf(document.parsed.writtenAt([])).flatMap((key) => setting(document, key));
}

const entryKinds: ReadonlyMap<string, SymbolKind> = new Map([
  ['vars', SymbolKind.Variable],
  ['secrets', SymbolKind.Key],
  ['services', SymbolKind.Interface],
]);

/** A setting with those below it; a policy has a list of rules. */
function setting(document: MusterDocument, key: string): DocumentSymbol[] {
  const value = document.parsed.writtenAt([key]);
  if (!Array.isArray(value) || document.document.languageId !== 'muster-policy')
    return section(document, [key], {
      kind: SymbolKind.Property,
      entry: entryKinds.get(key) ?? SymbolKind.Property,
    });
  const rules = value
    .slice(0, most)
    .map((rule: unknown, at) =>
      symbol(document, [key, at], { name: ruleTitle(rule), kind: SymbolKind.Event }),
    );
  return [{ ...symbol(document, [key], { name: key, kind: SymbolKind.Array }), ...childrenOf(rules) }];
}

/** What people call a rule: its name, or what it decides about whom. */
function ruleTitle(rule: unknown): string {
  if (typeof rule !== 'object' || rule === null) return textIn(rule) || 'rule';
  const [name = '', decision = '', targets = ''] = ['name', 'decision', 'targets'].map((key) =>
    textIn(Reflect.get(rule, key)),
  );
  return shorten(visible(name || `${decision} ${targets}`.trim() || 'rule'));
}

type Kinds = { readonly kind: SymbolKind; readonly entry: SymbolKind };

function section(document: MusterDocument, path: Path, { kind, entry }: Kinds): DocumentSymbol[] {
  const value = document.parsed.writtenAt(path);
  if (value === undefined) return [];
  const children = keysOf(value)
    .slice(0, most)
    .map((key) => ({
      ...symbol(document, [...path, key], { name: key, kind: entry }),
      ...childrenOf(
        section(document, [...path, key, 'vars'], { kind: SymbolKind.Class, entry: SymbolKind.Variable }),
      ),
    }));
  return [{ ...symbol(document, path, { name: String(path.at(-1)), kind }), ...childrenOf(children) }];
}

/** A list of steps, or of implementations that have steps. */
function list(document: MusterDocument, path: Path): DocumentSymbol[] {
  const value = document.parsed.writtenAt(path);
  if (value === undefined) return [];
  const steps = Array.isArray(value) ? value.slice(0, most) : [];
  const children = steps.map((step: unknown, at) => {
    const inner = ['steps', ...innerSteps].flatMap((key) => list(document, [...path, at, key]));
    const entry = symbol(document, [...path, at], { name: titleOf(step), kind: SymbolKind.Function });
    return { ...entry, ...(inner.length > 0 && { children: inner }) };
  });
  return [
    {
      ...symbol(document, path, { name: String(path.at(-1)), kind: SymbolKind.Array }),
      ...childrenOf(children),
    },
  ];
}

/** What people call a step: its name, its id, or what it does. */
export function titleOf(step: unknown): string {
  if (typeof step !== 'object' || step === null) return 'step';
  const kind = stepKinds.find((each) => Object.hasOwn(step, each));
  for (const key of ['name', 'id', ...(kind === undefined ? [] : [kind])]) {
    const [line = ''] = textIn(Reflect.get(step, key)).trim().split('\n');
    if (line !== '') return shorten(visible(key === kind ? `${key}: ${line}` : line));
  }
  return kind ?? 'step';
}

/** A text, or the first one of several settings: the file of a script, the address of a request. */
function textIn(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value).find((each) => typeof each === 'string') ?? '';
}

function symbol(
  { document, parsed }: MusterDocument,
  path: Path,
  { name, kind }: { readonly name: string; readonly kind: SymbolKind },
): DocumentSymbol {
  const key = rangeOf(document, parsed.rangeOf(path, 'key'));
  const value = rangeOf(document, parsed.rangeOf(path, 'value'));
  const isKeyed = typeof path.at(-1) === 'string';
  const end = value.end.line < key.start.line ? key.end : value.end;
  return {
    name: visible(name) || '""',
    kind,
    range: { start: isKeyed ? key.start : value.start, end },
    selectionRange: isKeyed ? key : { start: value.start, end: value.start },
  };
}

function childrenOf(children: DocumentSymbol[]): { readonly children?: DocumentSymbol[] } {
  return children.length > 0 ? { children } : {};
}

function keysOf(value: unknown): readonly string[] {
  if (value instanceof Map) return [...(value as Map<string, unknown>).keys()];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}
