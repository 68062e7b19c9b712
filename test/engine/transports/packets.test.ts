import assert from 'node:assert/strict';
import { KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Duplex } from 'node:stream';
import ssh2 from 'ssh2';
import { gatherWrites } from '../../../engine/transports/ssh/gatherWrites.ts';
import { rememberPacketKeys } from '../../../engine/transports/ssh/packetKeys.ts';
import { startSshServer } from './sshServer.ts';

describe('packets of ssh2', () => {
  it('have their keys as objects: the fields that ssh2 has today', async () => {
    const server = await startSshServer();
    const client = new ssh2.Client();
    try {
      client.on('handshake', () => rememberPacketKeys(client));
      client.connect({
        host: '127.0.0.1',
        port: server.port,
        username: 'ann',
        privateKey: readFileSync(server.identityFile),
        algorithms: { cipher: ['aes128-gcm@openssh.com'] },
        hostVerifier: () => true,
      });
      await once(client, 'ready');
      const protocol: unknown = Reflect.get(client, '_protocol');
      const keyOf = (cipher: string, key: string): unknown =>
        Reflect.get(Object(Reflect.get(Object(protocol), cipher)), key);
      assert.ok(keyOf('_cipher', '_encKey') instanceof KeyObject);
      assert.ok(keyOf('_decipher', '_decipherKey') instanceof KeyObject);
    } finally {
      client.end();
      await once(client, 'close');
      await server.close();
    }
  });

  it('of another shape are left alone', () => {
    const other = { _protocol: { _cipher: { _encKey: 'text' }, _decipher: undefined } };
    rememberPacketKeys(other);
    rememberPacketKeys({});
    assert.deepEqual(other, { _protocol: { _cipher: { _encKey: 'text' }, _decipher: undefined } });
  });

  it('that are written in one turn go out in one piece, and tell when the receiver is busy', async () => {
    const pieces: string[][] = [];
    const stream = gatherWrites(
      new Duplex({
        highWaterMark: 4,
        read() {},
        writev(chunks, done) {
          pieces.push(chunks.map(({ chunk }) => String(chunk)));
          setImmediate(done);
        },
      }),
    );
    assert.equal(stream.write('a'), true);
    assert.equal(stream.write('bcdef'), false);
    await once(stream, 'drain');
    stream.write('g');
    stream.end('h');
    await once(stream, 'finish');
    assert.deepEqual(pieces, [
      ['a', 'bcdef'],
      ['g', 'h'],
    ]);
  });
});
