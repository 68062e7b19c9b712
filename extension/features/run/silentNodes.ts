import * as vscode from 'vscode';
import type { EngineClient } from '../../../core/protocol/client.ts';
import type { Plan } from '../../../core/run/plan.ts';
import { foldForDisplay } from '../../../core/selection/nodeset.ts';
import type { Reaches } from '../../services/reaches.ts';

/** Asks the nodes of a plan for an answer before it runs; says which gave none, for a person to leave out. */
export async function silentNodes(
  { reaches }: { readonly reaches: Reaches },
  client: EngineClient,
  { request, targets }: Plan,
): Promise<readonly string[]> {
  const nodes = targets.map(({ node }) => node);
  const title = 'Asking the nodes for an answer';
  await vscode.window.withProgress(
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
  const silent = nodes.filter((node) => reaches.last.get(node)?.answer === 'unreachable');
  return silent.length === 0 ? [] : [`no answer from ${foldForDisplay(silent)}`];
}
