import type {
  CodeAction,
  Command,
  Range,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver-types';
import { CodeActionKind } from 'vscode-languageserver-types';
import { moveSecret, type SecretMove } from '../../../core/protocol/languageServer.ts';
import type { Told } from '../diagnostics/diagnose.ts';
import { diagnosticsOf } from '../diagnostics/diagnose.ts';
import type { Finding, Repair } from '../diagnostics/finding.ts';
import type { MusterDocument } from '../document.ts';
import { ruleOf } from '../rules/rules.ts';
import type { Workspace } from '../workspace.ts';
import { refactorings } from './refactorings.ts';
import { suppression } from './suppressAction.ts';

export type ActionsAsked = {
  readonly document: MusterDocument;
  readonly workspace: Workspace;
  /** What is told of the document. */
  readonly told: readonly Told[];
  readonly range: Range;
  /** Kinds that are wanted; undefined: all that are offered at a place. */
  readonly only?: readonly string[] | undefined;
  /** Whether the client keeps secrets, and has a command that moves one there. */
  readonly canStore?: boolean;
};

/** Mends everything that has one sure way to be mended. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.muster`;

/** What can be done at a place: mend what is told, silence it, write it another way. */
export function codeActions(asked: ActionsAsked): CodeAction[] {
  const { only } = asked;
  const wants = (kind: string): boolean =>
    only === undefined
      ? !kind.startsWith('source')
      : only.some((each) => kind === each || kind.startsWith(`${each}.`));
  const here = asked.told.filter(({ finding }) => overlaps(finding.range, asked.range));
  const fixes = wants(CodeActionKind.QuickFix) ? here.flatMap((each) => fixesOf(each, asked)) : [];
  const all = wants(fixAllKind) ? fixAll(asked) : [];
  const written = refactorings(asked)
    .filter(({ kind }) => wants(kind))
    .map(({ kind, ...repair }): CodeAction => ({
      title: repair.title,
      kind,
      edit: editOf(repair, asked.document),
    }));
  return [...fixes, ...all, ...written];
}

function fixesOf(told: Told, { document, canStore = false }: ActionsAsked): readonly CodeAction[] {
  const repairs = (told.finding.repairs ?? []).filter(({ stores }) => canStore || !stores);
  const diagnostics = diagnosticsOf([told], { pages: undefined }).map(
    ({ data: _data, ...diagnostic }) => diagnostic,
  );
  const mends = repairs.map((repair, at): CodeAction => ({
    title: repair.title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    ...(repair.stores
      ? { command: moveOf(repair, repair.stores, document) }
      : { edit: editOf(repair, document) }),
    ...(repair.isSure && at === 0 && { isPreferred: true }),
  }));
  // Silence would only hide that a run of it is refused.
  if (isRefused(told.finding)) return mends;
  const title = `Do not show ${told.finding.code} here`;
  const quiet = { title, edits: [suppression(told.finding, document)] };
  return [...mends, { title, kind: CodeActionKind.QuickFix, diagnostics, edit: editOf(quiet, document) }];
}

/** The client stores a secret first: what is out of the file and nowhere else is lost. */
function moveOf(
  { title, edits }: Repair,
  stores: NonNullable<Repair['stores']>,
  { document: { uri, version } }: MusterDocument,
): Command {
  const move: SecretMove = { uri, version, ...stores, edits: [...edits] };
  return { title, command: moveSecret, arguments: [move] };
}

/** Whether the engine refuses a file that has this. */
function isRefused({ code, level }: Finding): boolean {
  const rule = ruleOf(code);
  return rule?.by === 'engine' && (level ?? rule.level) === 'error';
}

/** All sure repairs that do not stand in each other's way. */
function fixAll({ document, told }: ActionsAsked): readonly CodeAction[] {
  const taken: TextEdit[] = [];
  for (const { finding } of told) {
    const sure = finding.repairs?.find(({ isSure, elsewhere, creates }) => isSure && !elsewhere && !creates);
    if (!sure || sure.edits.some((edit) => taken.some((other) => overlaps(edit.range, other.range))))
      continue;
    taken.push(...sure.edits);
  }
  if (taken.length === 0) return [];
  const title = 'Mend everything that has one way to be mended';
  return [{ title, kind: fixAllKind, edit: editOf({ title, edits: taken }, document) }];
}

/** A repair as editors apply it: versioned for the file at hand, files made before they are written. */
export function editOf(repair: Repair, { document }: MusterDocument): WorkspaceEdit {
  const { edits, elsewhere = {}, creates = {} } = repair;
  const own: TextDocumentEdit[] =
    edits.length > 0
      ? [{ textDocument: { uri: document.uri, version: document.version }, edits: [...edits] }]
      : [];
  const others = Object.entries(elsewhere).map(([uri, changes]): TextDocumentEdit => ({
    textDocument: { uri, version: null },
    edits: [...changes],
  }));
  const top = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const made = Object.entries(creates).flatMap(([uri, text]) => [
    { kind: 'create' as const, uri, options: { ignoreIfExists: true } },
    { textDocument: { uri, version: null }, edits: [{ range: top, newText: text }] },
  ]);
  return { documentChanges: [...made, ...own, ...others] };
}

function overlaps(a: Range, b: Range): boolean {
  const isBefore = (x: Range['start'], y: Range['start']): boolean =>
    x.line < y.line || (x.line === y.line && x.character < y.character);
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}
