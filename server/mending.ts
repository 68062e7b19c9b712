import { at } from '../core/yaml/data.ts';
import type { Feature } from './feature.ts';
import type { Findings } from './findings.ts';
import { actionForms } from './clientForms.ts';
import { codeActions, fixAllKind } from './service/actions/codeActions.ts';

const codeActionKinds = [
  'quickfix',
  'refactor.extract',
  'refactor.inline',
  'refactor.rewrite',
  'source',
  fixAllKind,
];

/** Quick fixes and other ways to write something. */
export function mending(findings: Findings): Feature {
  let canStore = false;
  return {
    // Without literals a client knows commands only, and the server has none.
    capabilities({ capabilities: { textDocument }, initializationOptions: options }) {
      canStore = at(options, ['secretStore']) === true;
      return textDocument?.codeAction?.codeActionLiteralSupport
        ? { codeActionProvider: { codeActionKinds } }
        : {};
    },
    listen: (connection, on) =>
      connection.onCodeAction(
        on(({ range, context }, { document, workspace, client }) =>
          actionForms(
            codeActions({
              document,
              workspace,
              told: findings.of(document, workspace),
              range,
              only: context.only,
              canStore,
            }),
            client,
          ),
        ),
      ),
  };
}
