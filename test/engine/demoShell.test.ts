import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { newKeyPair } from '../../engine/demo/keys.ts';
import { listen } from '../../engine/demo/listener.ts';
import { lineKeys } from '../../engine/demo/terminal.ts';
import { tempFolder } from './tempFolder.ts';

describe('A terminal on a demo node', () => {
  it('is a shell: lines typed with Return run, output has its returns, exit gives the code', async () => {
    await using folder = await tempFolder();
    const home = join(folder.path, 'home');
    mkdirSync(home);
    const [host, client] = [newKeyPair(), newKeyPair()];
    const listener = await listen({
      address: '127.0.0.1',
      port: 0,
      hostKey: host.private,
      clientKey: client.public,
      folder: { home, env: { PATH: process.env['PATH'], HOME: home } },
    });
    const connection = new ssh2.Client();
    try {
      const code = await new Promise<{ code: unknown; text: string }>((resolve, reject) => {
        connection.on('error', reject);
        connection.on('ready', () =>
          connection.shell((error, channel) => {
            if (error) return reject(error);
            let text = '';
            channel.on('data', (chunk: Buffer) => (text += chunk.toString()));
            channel.on('exit', (exit: unknown) => channel.once('close', () => resolve({ code: exit, text })));
            channel.write('echo one$((1+1))\rexit 7\r');
          }),
        );
        connection.connect({
          host: '127.0.0.1',
          port: listener.port,
          username: 'x',
          privateKey: client.private,
        });
      });
      assert.equal(code.code, 7);
      assert.match(code.text, /echo one\$\(\(1\+1\)\)\r\n/);
      assert.match(code.text, /one2\r\n/);
    } finally {
      connection.end();
      await listener.close();
    }
  });

  it('echoes a line, rubs out, interrupts and ends', () => {
    const said: string[] = [];
    const press = lineKeys({
      line: (text) => said.push(`line ${JSON.stringify(text)}`),
      echo: (text) => said.push(text),
      interrupt: () => said.push('interrupt'),
      end: () => said.push('end'),
    });
    press('ab\u007f\r\u0003x\u0004\u007f\u0004');
    assert.deepEqual(said, [
      'a',
      'b',
      '\b \b',
      '\r\n',
      'line "a\\n"',
      '^C\r\n',
      'interrupt',
      'x',
      '\b \b',
      'end',
    ]);
  });
});
