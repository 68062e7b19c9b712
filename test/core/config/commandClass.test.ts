import assert from 'node:assert/strict';
import fc from 'fast-check';
import { classify, type CommandClass, lifecycle } from '../../../core/config/commandClass.ts';
import { simpleCommands } from '../../../core/config/simpleCommands.ts';

describe('the simple commands of a line', () => {
  const table: readonly (readonly [string, readonly (readonly string[])[]])[] = [
    ['uptime', [['uptime']]],
    ['a b;c|d && e & f\ng', [['a', 'b'], ['c'], ['d'], ['e'], ['f'], ['g']]],
    [`echo 'a; b' "c | d" e\\ f`, [['echo', 'a; b', 'c | d', 'e f']]],
    ['A=1 B="x y" /usr/bin/env -i sudo -u root /sbin/reboot now', [['reboot', 'now']]],
    ['timeout 5s nice -n 10 nohup x y', [['x', 'y']]],
    ['if test -e x; then stop; fi', [['test', '-e', 'x'], ['stop']]],
    [
      `sh -c 'systemctl restart x; id'`,
      [['sh', '-c', 'systemctl restart x; id'], ['systemctl', 'restart', 'x'], ['id']],
    ],
    [
      'echo "$(service x stop)"',
      [
        ['echo', '$(service x stop)'],
        ['service', 'x', 'stop'],
      ],
    ],
    ['echo $(reboot)', [['echo', '$(reboot)'], ['reboot']]],
    [`echo '$(reboot)'`, [['echo', '$(reboot)']]],
    ['a # reboot', [['a']]],
    ['a >b <c', [['a', 'b', 'c']]],
    ['', []],
  ];
  for (const [text, commands] of table) {
    it(`are seen in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(simpleCommands(text), commands);
    });
  }

  it('are found in any text without an exception', () => {
    const words = fc.constantFrom(
      ...`; | ' " \\ $( ) \` # a= sudo -u sh -c {} > restart`.split(' '),
      ' ',
      '\n',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((parts) => parts.join('')),
        ),
        (text) => {
          for (const [program] of simpleCommands(text)) assert.equal(typeof program, 'string');
        },
      ),
    );
  });
});

describe('a command', () => {
  const because = (command: string): string | undefined => classify(command, [lifecycle])?.because;
  const table: readonly (readonly [string, string | undefined])[] = [
    ['systemctl restart nginx', 'restart'],
    ['service nginx stop', 'stop'],
    ['/etc/init.d/nginx reload', 'reload'],
    ['sudo -n systemctl --now start x', 'start'],
    ['apt-get -y purge nginx', 'purge'],
    ['docker restart web', 'restart'],
    ['reboot', 'reboot'],
    ['init 6', 'init 6'],
    ['init 3', undefined],
    ['uptime; sudo shutdown -r now', 'shutdown'],
    ["bash -lc 'systemctl stop x'", 'stop'],
    ['Restart-Service spooler', 'Restart-Service'],
    ['systemctl status nginx', undefined],
    ['systemctl daemon-reload', undefined],
    ['grep -r restart /var/log', undefined],
    ['sudo -u bob grep stop x', undefined],
    ['echo stop; uptime', undefined],
    ['cat /var/log/restart.log', undefined],
    ['ls --start x', undefined],
    ['uptime # restart', undefined],
  ];
  for (const [command, word] of table) {
    it(`${command} is ${word === undefined ? 'no lifecycle command' : `a lifecycle command for ${word}`}`, () => {
      assert.equal(because(command), word);
    });
  }

  it('belongs to the first class that it fits', () => {
    const own: CommandClass = { name: 'kubernetes', match: ['kubectl drain', 'kubectl * --force'] };
    const find = (command: string) => classify(command, [own, lifecycle])?.commandClass.name;
    assert.equal(find('kubectl -n x drain node1'), 'kubernetes');
    assert.equal(find('kubectl delete pod --force'), 'kubernetes');
    assert.equal(find('kubectl rollout restart x'), 'lifecycle');
    assert.equal(find('kubectl get pods'), undefined);
  });
});
