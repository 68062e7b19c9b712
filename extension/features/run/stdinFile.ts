import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { maxStdinBytes } from '../../../core/run/action.ts';
import type { StdinRead } from '../../../core/run/form/readAction.ts';
import { messageOf } from '../../../core/util/errors.ts';

/** What a command reads of a file: the plan says which bytes, the content (base64) travels beside it. */
export type StdinFile = StdinRead & { readonly content?: string };

export async function readStdin(file: vscode.Uri): Promise<StdinFile> {
  try {
    const bytes = await vscode.workspace.fs.readFile(file);
    if (bytes.length > maxStdinBytes) return refusal(file, 'it is larger than 16 MiB');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const content = Buffer.from(bytes).toString('base64');
    return { ok: true, stdin: { bytes: bytes.length, sha256 }, content };
  } catch (error) {
    return refusal(file, messageOf(error));
  }
}

function refusal({ fsPath }: vscode.Uri, why: string): StdinFile {
  return { ok: false, message: `${fsPath} can not be used: ${why}.` };
}
