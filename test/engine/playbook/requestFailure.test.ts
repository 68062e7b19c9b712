import assert from 'node:assert/strict';
import { createServer as createHttp } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { request } from '../../../engine/playbook/request.ts';
import { requestFailure } from '../../../engine/playbook/requestFailure.ts';

/** What is said of a request to a server on loopback. */
async function saidOf(server: Server, path: (port: number) => string, isGone = false): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  if (isGone) await close();
  const answer = await request({ url: path(port), method: 'GET', headers: {} }, new AbortController().signal);
  if (!isGone) await close();
  assert.ok('message' in answer, 'it was answered');
  return answer.message.replaceAll(String(port), 'PORT');
}

describe('a request without an answer', () => {
  const http = (port: number): string => `http://127.0.0.1:${port}/x`;
  const says = (text: string) => (socket: Socket) =>
    socket
      .on('error', () => undefined)
      .resume()
      .end(text);

  it('says that nothing listens', async () => {
    assert.equal(await saidOf(createServer(), http, true), 'connection refused on port PORT');
  });

  it('says that it is not HTTP that came', async () => {
    assert.equal(
      await saidOf(createServer(says('SSH-2.0-x\r\n')), http),
      'port PORT answers, but not with HTTP',
    );
  });

  it('says that the connection was closed', async () => {
    const server = createServer((socket) => socket.once('data', () => socket.end()));
    assert.equal(await saidOf(server, http), 'the connection was closed before the answer was there');
  });

  it('says that there is no TLS', async () => {
    const said = await saidOf(createServer(says('SSH-2.0-x\r\n')), (port) => `https://127.0.0.1:${port}/`);
    assert.equal(said, 'port PORT does not speak TLS; http:// in place of https:// may be what it wants');
  });

  it('says that a redirect led to a port that is refused', async () => {
    const server = createHttp((_request, response) =>
      response.writeHead(302, { location: 'http://127.0.0.1:1/', connection: 'close' }).end(),
    );
    assert.match(await saidOf(server, http), /redirected to, is refused for requests/);
  });

  const failures: readonly [cause: object, said: string][] = [
    [{ code: 'ENOTFOUND', hostname: 'other' }, 'there is no address for other'],
    [{ code: 'UND_ERR_CONNECT_TIMEOUT' }, 'no answer on port 443'],
    [{ code: 'ECONNREFUSED', message: '' }, 'connection refused on port 443'],
    [{ code: 'EHOSTUNREACH' }, 'no route to a.test'],
    [{ code: 'CERT_HAS_EXPIRED' }, 'its certificate has expired'],
    [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'its certificate is for other names than a.test'],
    [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'its certificate is from nobody whom this machine trusts'],
    [{ code: 'ODD', message: '' }, 'ODD'],
    [{ message: 'odd\n' }, 'odd'],
  ];
  for (const [cause, said] of failures) {
    it(`says "${said}" of ${JSON.stringify(cause)}`, () => {
      const error = new TypeError('fetch failed', { cause: Object.assign(new Error('x'), cause) });
      assert.equal(requestFailure('https://a.test/x', error), said);
    });
  }
});
