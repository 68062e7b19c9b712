import assert from 'node:assert/strict';
import { reasonsOf } from '../../../core/run/gather/reasons.ts';
import { endMessage } from '../../../core/run/statuses.ts';
import { withPlaybooks } from './play.ts';

type Row = {
  readonly it: string;
  readonly text: string;
  /** Title and text of the reason that the ending lists. */
  readonly reason: readonly [string, string];
  readonly message: string;
};

const rows: readonly Row[] = [
  {
    it: 'is the step that failed and its own last line, whatever comes at the end',
    text: 'steps: [{ run: echo early }, { id: health, name: Health check, run: "echo refused >&2; echo out; exit 2" }]\nfinally: [{ run: echo cleanup }]\n',
    reason: ['exit 2', 'Health check: refused'],
    message: 'Health check: exit 2',
  },
  {
    it: 'has no line of another step',
    text: 'steps: [{ run: echo early; echo early >&2 }, { name: Quiet, run: exit 2 }]\n',
    reason: ['exit 2', 'Quiet: no output'],
    message: 'Quiet: exit 2',
  },
  {
    it: 'is the item of a loop',
    text: 'steps: [{ name: Try, run: "echo {{ item }}; test {{ item }} = a", loop: [a, b, c] }]\n',
    reason: ['exit 1', 'Try (b): b'],
    message: 'Try (b): exit 1',
  },
  {
    it: 'is what failed last where a rescue fails, too',
    text: 'steps: [{ block: [{ run: echo one; exit 1 }], rescue: [{ name: Back, run: echo two; exit 4 }] }]\n',
    reason: ['exit 4', 'Back: two'],
    message: 'Back: exit 4',
  },
  {
    it: 'is the step that took too long',
    text: 'steps: [{ name: Slow, run: echo begun; sleep 20, timeout: 200ms }]\nfinally: [{ run: echo cleanup }]\n',
    reason: ['timed out', 'Slow: still running after 0.2 s; stopped, gone'],
    message: 'Slow: still running after 0.2 s; stopped, gone',
  },
  {
    it: 'is the step that was killed',
    text: "steps: [{ name: Die, run: 'echo bye; kill -9 $$' }]\n",
    reason: ['killed by SIGKILL', 'Die: bye'],
    message: 'Die: killed by SIGKILL',
  },
  {
    it: 'says once what a step is called and says',
    text: 'steps: [{ name: Disk full, fail: Disk full }]\nfinally: [{ run: echo cleanup }]\n',
    reason: ['failed', 'Disk full'],
    message: 'Disk full',
  },
];

describe('why a playbook failed on a node', function () {
  for (const { it: name, text, reason, message } of rows)
    it(name, () =>
      withPlaybooks(async ({ play }) => {
        const { state } = await play(text, { selection: 'a' });
        const [execution] = state.executions;
        assert.ok(execution);
        assert.deepEqual(
          reasonsOf(state).map((each) => [each.title, each.text]),
          [reason],
        );
        assert.equal(endMessage(execution), message);
      }),
    );

  it('is the same for all nodes where one ran the step for them', () =>
    withPlaybooks(async ({ play }) => {
      const { state } = await play('steps: [{ name: Once, run: echo no; exit 3, once: true }]\n');
      assert.deepEqual(
        reasonsOf(state).map(({ text, executions }) => [text, executions.length]),
        [['Once: no', 3]],
      );
    }));

  it('keeps the last line of a failed step without its secrets, and none of a sensitive one', () =>
    withPlaybooks(async ({ play }) => {
      const text = `params: { token: { sensitive: true } }
steps:
- { run: 'echo {{ params.token }} >&2; exit 1', ignoreErrors: true }
- { name: Hidden, run: echo quiet-9; exit 1, sensitive: true }
`;
      const { state } = await play(text, {
        selection: 'a',
        withheld: ['token'],
        secrets: { token: 'canary-1' },
      });
      assert.deepEqual(
        state.executions[0]?.steps?.map(({ lastLine }) => lastLine),
        ['********', undefined],
      );
      assert.deepEqual(
        reasonsOf(state).map(({ text }) => text),
        ['Hidden: no output'],
      );
    }));
});
