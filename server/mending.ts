import type { Feature } from './feature.ts';
import type { Findings } from './findings.ts';
import { codeActions, fixAllKind } from './service/actions/codeActions.ts';

/** Quick fixes and other ways to write something. */
export function mending(findings: Findings): Feature {
  return {
    capabilities: {
      codeActionProvider: {
        codeActionKinds: [
          'quickfix',
          'refactor.extract',
          'refactor.inline',
          'refactor.rewrite',
          'source',
          fixAllKind,
        ],
      },
    },
    listen: (connection, on) =>
      connection.onCodeAction(
        on(({ range, context }, { document, workspace }) =>
          codeActions({
            document,
            workspace,
            told: findings.of(document, workspace),
            range,
            only: context.only,
          }),
        ),
      ),
  };
}
