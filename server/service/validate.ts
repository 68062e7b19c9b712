import type { Diagnostic } from 'vscode-languageserver-types';
import { diagnose } from './diagnostics/diagnose.ts';
import type { MusterDocument } from './document.ts';
import { emptyWorkspace, type Workspace } from './workspace.ts';

/** Everything that the engine would refuse or warn about, and advice, at its place. */
export function validate(document: MusterDocument, workspace: Workspace = emptyWorkspace): Diagnostic[] {
  return diagnose(document, workspace, { levels: new Map() });
}
