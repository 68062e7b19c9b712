import { createHash } from 'node:crypto';
import type { Connection, InitializeParams, WorkspaceDocumentDiagnosticReport } from 'vscode-languageserver';
import {
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind as Kind,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver';
import type { Diagnostic } from 'vscode-languageserver-types';
import { at } from '../core/yaml/data.ts';
import type { Feature } from './feature.ts';
import type { Findings } from './findings.ts';
import type { Scheduler } from './index/scheduler.ts';
import type { WorkspaceIndex } from './index/workspaceIndex.ts';
import { diagnosticsOf } from './service/diagnostics/diagnose.ts';
import type { MusterDocument } from './service/document.ts';
import { canonicalUri } from './service/uris.ts';
import { workspaceFor } from './service/workspace.ts';

export type PullDeps = {
  readonly findings: Findings;
  readonly index: WorkspaceIndex;
  readonly scheduler: Scheduler;
  /** Folder of the pages about rules, as a URI. */
  readonly pages: string;
  readonly asking: Asking;
};

const diagnosticProvider = {
  identifier: 'muster',
  interFileDependencies: true,
  workspaceDiagnostics: true,
};

/** Problems for clients that ask for them: of a document, and of every file of the workspace, open or not. */
export function pulling({ findings, index, scheduler, pages, asking }: PullDeps): Feature {
  const diagnose = (document: MusterDocument): readonly Diagnostic[] =>
    diagnosticsOf(findings.of(document, workspaceFor(document, index.workspace())), { pages });
  return {
    get capabilities() {
      return asking.isOn ? { diagnosticProvider } : {};
    },
    takesLarge: true,
    listen(connection, on) {
      const { diagnostics } = connection.languages;
      const one = on((params: { textDocument: { uri: string }; previousResultId?: string }, { document }) =>
        report(diagnose(document), params.previousResultId),
      );
      // Of a document that is none of ours there is nothing to tell.
      diagnostics.on(async (params, token) => orThrow(await one(params, token)) ?? report([], undefined));
      diagnostics.onWorkspace(async ({ previousResultIds }, token) => {
        await index.ready;
        const before = new Map(previousResultIds.map(({ uri, value }) => [canonicalUri(uri), value]));
        const items: WorkspaceDocumentDiagnosticReport[] = [];
        // One file after the other, so that whoever types does not wait for all of them.
        for (const uri of index.workspace().uris)
          await scheduler.run('background', () => {
            if (token.isCancellationRequested) throw cancelled();
            const workspace = index.workspace();
            const document = workspace.document(uri);
            if (!document) return;
            const version = workspace.openVersion(uri) ?? null;
            items.push(Object.assign(report(diagnose(document), before.get(uri)), { uri, version }));
          });
        return { items };
      });
    },
  };
}

/** Whether a client asks for problems itself, so that none are sent to it: it would show them twice. */
export type Asking = {
  readonly isOn: boolean;
  /** What the client said when it began. */
  begin(params: Pick<InitializeParams, 'capabilities' | 'initializationOptions'>): void;
  /** Tells it that what it has asked for may be another now. */
  again(): void;
};

export function followAsking(connection: Connection): Asking {
  let isOn = false;
  let canAskAgain = false;
  return {
    get isOn() {
      return isOn;
    },
    begin({ capabilities: { textDocument, workspace }, initializationOptions: options }) {
      const isSent = at(options, ['diagnostics']) === 'push';
      isOn = textDocument?.diagnostic !== undefined && !isSent;
      canAskAgain = workspace?.diagnostics?.refreshSupport === true;
    },
    again() {
      if (!canAskAgain) return;
      connection.languages.diagnostics
        .refresh()
        .catch((error: unknown) => connection.console.warn(`The client did not ask again: ${String(error)}`));
    },
  };
}

/** In full, or that nothing has changed since the last time. */
function report(
  items: readonly Diagnostic[],
  previous: string | undefined,
): Extract<DocumentDiagnosticReport, { resultId?: string }> {
  const resultId = createHash('sha1').update(JSON.stringify(items)).digest('base64');
  return resultId === previous
    ? { kind: Kind.Unchanged, resultId }
    : { kind: Kind.Full, resultId, items: [...items] };
}

function orThrow<T>(answer: T | ResponseError): T {
  if (answer instanceof ResponseError) throw answer;
  return answer;
}

function cancelled(): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
}
