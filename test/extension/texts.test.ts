import assert from 'node:assert/strict';
import { plainText, withoutIcons } from '../../extension/model/plain.ts';
import { rememberCommand } from '../../extension/model/rememberCommand.ts';
import { statusText, type StatusInput } from '../../extension/model/statusText.ts';
import { ago, shortDate } from '../../extension/model/time.ts';
import { endMessage, panelTitle, shortTitle } from '../../extension/model/titles.ts';
import { restrictedSentence, treeMessage } from '../../extension/model/treeMessage.ts';
import { keysAndNetwork } from '../../extension/model/whereItRuns.ts';
import { ended, running } from './batches.ts';

describe('the title of a panel', () => {
  it('says how far a running batch is, and how an ended one ended', () => {
    assert.equal(panelTitle(running('uname -r; nginx -v; systemctl', 3)), '0/3 · uname -r; nginx -v; sys…');
    assert.equal(panelTitle(ended('hostname', ['ok', 'ok'])), '2 ok · hostname');
    assert.equal(panelTitle(ended('hostname', ['ok', 'failed'])), '1 failed · hostname');
    assert.equal(panelTitle(ended('hostname', ['ok', 'cancelled'], 'cancelled')), 'cancelled · hostname');
  });

  it('counts the lines it leaves out', () => {
    assert.equal(shortTitle('set -e\nmake\nmake install', 20), 'set -e +2 lines');
  });
});

describe('the message at the end of a batch', () => {
  it('has the number first', () => {
    assert.equal(endMessage(ended('uname -r', ['ok', 'failed', 'failed'])), '2 of 3 failed: uname -r');
    assert.equal(endMessage(ended('uname -r', ['ok', 'ok'])), '2 of 2 ok: uname -r');
    const cancelled = ended('uname -r', ['ok', 'cancelled'], 'cancelled');
    assert.equal(endMessage(cancelled), 'Cancelled, 1 of 2 ok: uname -r');
  });
});

describe('a date', () => {
  const noon = new Date(2025, 10, 12, 14, 2).getTime();

  it('is no longer than it must be', () => {
    const day = 24 * 3_600_000;
    const dates = [0, 2, 30, 400].map((days) => shortDate(noon, noon + days * day));
    assert.deepEqual(dates, ['14:02', 'Wed', '12 Nov', '12 Nov 2025']);
  });
});

describe('an age', () => {
  it('is said in the largest unit that fits', () => {
    const minute = 60_000;
    const said = [1, 2, 61, 3000].map((minutes) => ago(0, minutes * minute));
    assert.deepEqual([ago(0, 5000), ...said], ['just now', '1 min ago', '2 min ago', '1 h ago', '2 d ago']);
  });
});

describe('the text above the tree', () => {
  const calm = { trusted: true, ticked: undefined, problems: [], shownAsOf: undefined };

  it('is empty when there is nothing to say', () => {
    assert.equal(treeMessage(calm), '');
  });

  it('has a line for the ticked nodes before there is one, so that no row moves when the first comes', () => {
    assert.equal(treeMessage({ ...calm, ticked: [] }), 'No node ticked.');
    const many = ['a1', 'b1', 'c1', 'd1', 'e1', 'f1', 'g1', 'h1', 'i1', 'j1'];
    assert.equal(treeMessage({ ...calm, ticked: many }), '10 nodes ticked: a1 b1 c1 d1 e1 f1 g1…');
  });

  it('folds the ticked nodes', () => {
    const ticked = ['web01', 'web02', 'web03', 'db01'];
    assert.equal(treeMessage({ ...calm, ticked }), '4 nodes ticked: web[01-03] db01');
  });

  it('says first that nothing starts, and why', () => {
    const closed = ['Frozen: closing. Nothing starts.'];
    assert.equal(treeMessage({ ...calm, closed, ticked: ['a'] }), `${closed[0]}\n1 node ticked: a`);
  });

  it('says in Restricted Mode what does not happen', () => {
    assert.equal(treeMessage({ ...calm, trusted: false }), restrictedSentence);
  });

  it('says what is wrong with a broken file, line by line, and how old the tree is', () => {
    const at = { start: 0, end: 1, line: 14, column: 3 };
    const problem = {
      code: 'x',
      severity: 'error',
      message: 'Unknown key "hsot".',
      fix: 'Did you mean "host"?',
    } as const;
    const problems = [{ ...problem, file: '/w/.muster/inventory.yaml', range: at }];
    assert.equal(
      treeMessage({ ...calm, problems, shownAsOf: new Date(2025, 1, 1, 14, 2).getTime() }),
      'inventory.yaml has 1 problem: nothing in it can run until it is mended. Shown as it was at 14:02.\n' +
        'Line 14: Unknown key "hsot". Did you mean "host"?',
    );
    const many = Array.from({ length: 5 }, () => problem);
    assert.match(treeMessage({ ...calm, problems: many }), /has 5 problems.*mended\.\n(.*\n){3}and 2 more$/);
  });
});

describe('the status bar', () => {
  const idle: StatusInput = {
    selected: [],
    running: { batches: 0, completed: 0, nodes: 0 },
    unseenFailure: undefined,
  };
  const cases: readonly [string, StatusInput, { text: string; warning: boolean } | undefined][] = [
    ['is hidden when there is nothing to say', idle, undefined],
    [
      'says that everything is frozen',
      { ...idle, selected: ['web01'], closed: 'Frozen until 18:00: closing.' },
      { text: '$(lock) Frozen', warning: true },
    ],
    [
      'says that a policy file has an error',
      { ...idle, closed: 'The policy file has an error.' },
      { text: '$(lock) Policy error', warning: true },
    ],
    [
      'names the only ticked node',
      { ...idle, selected: ['web01'] },
      { text: '$(server) web01', warning: false },
    ],
    [
      'counts the ticked nodes',
      { ...idle, selected: ['a', 'b'] },
      { text: '$(server) 2 selected', warning: false },
    ],
    [
      'shows progress while a batch runs',
      { ...idle, selected: ['a'], running: { batches: 1, completed: 81, nodes: 120 } },
      { text: '$(sync~spin) 81/120', warning: false },
    ],
    [
      'warns of an end that nobody saw',
      { ...idle, unseenFailure: '9 of 120 failed: uname' },
      { text: '$(server) Muster', warning: true },
    ],
  ];
  for (const [name, input, expected] of cases) {
    it(name, () => {
      const shown = statusText(input);
      assert.deepEqual(shown && { text: shown.text, warning: shown.warning }, expected);
    });
  }
});

describe('whose keys and network are used', () => {
  const hostName = 'build7';
  const cases = [
    [{ remoteName: undefined, inWorkspace: true, hostName }, 'this computer'],
    [{ remoteName: 'ssh-remote', inWorkspace: false, hostName }, 'this computer'],
    [{ remoteName: 'ssh-remote', inWorkspace: true, hostName }, 'ssh-remote build7'],
    [{ remoteName: 'wsl', inWorkspace: true, hostName }, 'wsl build7'],
    [{ remoteName: '127.0.0.1:8080', inWorkspace: true, hostName }, 'build7'],
  ] as const;
  for (const [input, place] of cases) {
    it(`is ${place} for ${input.remoteName ?? 'no remote'}${input.inWorkspace ? '' : ', run beside the window'}`, () => {
      assert.equal(keysAndNetwork(input), `keys and network: ${place}`);
    });
  }
});

describe('text of others', () => {
  it('makes no links, no control characters and turns no direction', () => {
    assert.equal(plainText('[x](command:evil)\u001b[31m\u202e\nnext'), '[x]\u200b(command:evil)[31m\nnext');
  });

  it('makes no icons of command substitutions', () => {
    assert.equal(withoutIcons('echo $(hostname) $(cat /etc/x)'), 'echo \\$(hostname) $(cat /etc/x)');
  });
});

describe('commands that were run', () => {
  it('are remembered latest first, each once, at most 50', () => {
    assert.deepEqual(rememberCommand(['a', 'b', 'c'], 'b'), ['b', 'a', 'c']);
    const many = Array.from({ length: 50 }, (_, at) => `c${at}`);
    assert.equal(rememberCommand(many, 'new').length, 50);
  });
});
