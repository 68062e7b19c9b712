import assert from 'node:assert/strict';
import { acceptedCommand, type CommandRow } from '../../extension/model/acceptedCommand.ts';

const row = (written: CommandRow['written'], command: string, madeFor: string): CommandRow => ({
  written,
  command,
  madeFor,
});

describe('the command that Enter means', () => {
  const table: readonly { when: string; box: string; active: CommandRow | undefined; command: string }[] = [
    { when: 'nothing is active', box: 'uptime', active: undefined, command: 'uptime' },
    {
      when: 'the typed row is active',
      box: 'uptime',
      active: row('now', 'uptime', 'uptime'),
      command: 'uptime',
    },
    {
      when: 'the typed row lags behind the box',
      box: 'rm -r /tmp/x',
      active: row('now', 'rm -r /tmp', 'rm -r /tmp'),
      command: 'rm -r /tmp/x',
    },
    {
      when: 'an earlier command was moved to',
      box: 'up',
      active: row('earlier', 'uptime', 'up'),
      command: 'uptime',
    },
    {
      when: 'an earlier command is active from before the typing',
      box: 'hostname',
      active: row('earlier', 'reboot', ''),
      command: 'hostname',
    },
    { when: 'the box is empty', box: '', active: row('earlier', 'uptime', ''), command: 'uptime' },
  ];
  for (const { when, box, active, command } of table) {
    it(`is ${command} when ${when}`, () => assert.equal(acceptedCommand(box, active), command));
  }
});
