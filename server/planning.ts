import { createHash, randomInt } from 'node:crypto';
import { homedir } from 'node:os';
import { type ExecuteCommandParams, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { PlanQuery, playbookPlan } from '../core/protocol/languageServer.ts';
import type { Feature } from './feature.ts';
import { planPlaybook } from './service/plan/planPlaybook.ts';

/** What a playbook would do, for clients that ask by a command. */
export const planning: Feature = {
  capabilities: { executeCommandProvider: { commands: [playbookPlan] } },
  waits: true,
  listen: (connection, _on, onWorkspace) =>
    connection.onExecuteCommand(
      onWorkspace(({ command, arguments: given }: ExecuteCommandParams, { workspace }) => {
        const query = PlanQuery.safeParse(given?.[0]);
        if (command !== playbookPlan || !query.success)
          return new ResponseError(
            LSPErrorCodes.RequestFailed,
            `Ask with the command "${playbookPlan}" and one argument, as in { "uri": "file:///srv/deploy.playbook.yaml" }.`,
          );
        const seed = randomInt(2 ** 32);
        const planned = planPlaybook(query.data, { workspace, hash, seed, home: homedir() });
        return planned.ok ? planned.value : { version: 1, error: planned.error };
      }),
    ),
};

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
