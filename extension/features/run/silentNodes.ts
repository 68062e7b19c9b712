import * as vscode from 'vscode';
import type { EngineClient } from '../../../core/protocol/client.ts';
import type { Plan } from '../../../core/run/plan.ts';
import type { Reaches } from '../../services/reaches.ts';
import { showRefusal } from '../showRefusal.ts';

/** A node that gave no answer, and why. */
export type SilentNode = { readonly node: string; readonly message: string };

/** Asks the nodes of a plan for an answer before it runs; gives those without one, for a person to leave out. */
export async function silentNodes(
  { reaches }: { readonly reaches: Reaches },
  client: EngineClient,
  { request, targets }: Plan,
): Promise<readonly SilentNode[]> {
  const nodes = targets.map(({ node }) => node);
  const title = 'Asking the nodes for an answer';
  const asked = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (progress, token) =>
      reaches.ask(
        client,
        { sources: request.sources, nodes },
        {
          told: (done) => progress.report({ message: `${done} of ${nodes.length}` }),
          isGivenUp: () => token.isCancellationRequested,
        },
      ),
  );
  if (!asked.ok) await showRefusal(asked.error);
  return nodes.flatMap((node) => {
    const reach = reaches.last.get(node);
    return reach?.answer === 'unreachable' ? [{ node, message: reach.message ?? 'no answer' }] : [];
  });
}
