import { createHash, randomInt } from 'node:crypto';
import { homedir } from 'node:os';
import { type ExecuteCommandParams, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { PlanQuery, playbookPlan } from '../core/protocol/languageServer.ts';
import type { Refusal } from '../core/util/errors.ts';
import type { Feature } from './feature.ts';
import { filesOfPlan } from './planDisk.ts';
import { type PlanAnswer, planAnswer, planPlaybook } from './service/plan/planPlaybook.ts';
import type { Workspace } from './service/workspace.ts';

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
        return answer(query.data, workspace);
      }),
    ),
};

/** As the command line answers: a plan, or an error with its code. */
async function answer(query: PlanQuery, workspace: Workspace): Promise<PlanAnswer | PlanRefusal> {
  const seed = randomInt(2 ** 32);
  const begun = planPlaybook(query, { workspace, hash, seed, home: homedir() });
  if (!begun.ok) return { version: 1, error: begun.error };
  const isHere = (uri: string): boolean => workspace.exists(uri) !== undefined;
  const files = await filesOfPlan(begun.value.plan, isHere);
  const planned = files.ok ? planAnswer(begun.value, files.value, hash) : files;
  return planned.ok ? planned.value : { version: 1, error: planned.error };
}

type PlanRefusal = { readonly version: 1; readonly error: Refusal };

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
