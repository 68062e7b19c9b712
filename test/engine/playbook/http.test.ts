import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Playing, withPlaybooks } from './play.ts';

type Seen = { readonly method: string; readonly url: string; readonly token: string; readonly body: string };

/** A server on loopback that keeps what it was asked, and is told what to answer. */
async function withServer(
  answer: (request: IncomingMessage, response: ServerResponse, count: number) => void,
  test: (server: { url: string; seen: Seen[] }) => Promise<void>,
): Promise<void> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      seen.push({
        method,
        url,
        token: String(headers['x-token'] ?? ''),
        body: Buffer.concat(chunks).toString(),
      });
      answer(request, response, seen.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await test({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

function withService(config: (url: string) => string, playing: Playing, url: string): Promise<void> {
  return playing.write('.muster/config.yaml', config(url));
}

const cmdb = (url: string): string => `version: 1
vars: { place: north }
secrets: { cmdb_token: { env: MUSTER_TEST_CMDB } }
services:
  cmdb:
    baseUrl: ${url}/api/
    headers: { X-Token: 'Bearer {{ secret.cmdb_token }}' }
    retry: { statuses: 503, count: 2, delay: 1ms }
`;

describe('a request of a playbook', function () {
  before(() => void (process.env['MUSTER_TEST_CMDB'] = 'canary-cmdb-11'));
  after(() => void delete process.env['MUSTER_TEST_CMDB']);

  it('to a service goes to its address with its headers, again where it says so, and the secret stands nowhere', () =>
    withServer(
      (_request, response, count) => {
        response.statusCode = count === 1 ? 503 : 200;
        response.end('{"state":"up","by":{"name":"x"},"echo":"canary-cmdb-11"}');
      },
      ({ url, seen }) =>
        withPlaybooks(async (playing) => {
          await withService(cmdb, playing, url);
          const text = `steps:
- id: ask
  http:
    service: cmdb
    url: /nodes/{{ node.name }}?at={{ vars.place }}
    method: POST
    body: { of: '{{ node.name }}' }
    expect: { status: 200, matches: 'state.*up', json: { state: up, by: { name: x } } }
- { fail: '{{ steps.ask.stdout }}' }
`;
          const { steps, state } = await playing.play(text, { selection: 'a' });
          assert.deepEqual(steps('a'), [
            'changed ask: HTTP 200, after 2 requests',
            'failed fail: {"state":"up","by":{"name":"x"},"echo":"********"}',
          ]);
          const wanted = {
            method: 'POST',
            url: '/api/nodes/a?at=north',
            token: 'Bearer canary-cmdb-11',
            body: '{"of":"a"}',
          };
          assert.deepEqual(seen, [wanted, wanted]);
          assert.ok(!JSON.stringify(state).includes('canary'));
        }),
    ));

  const misfits: readonly [expect: string, message: string][] = [
    ['status: [201, 204]', 'HTTP 200, expected 201 or 204'],
    ['contains: down', 'the answer does not contain "down"'],
    ['matches: ^down', 'the answer does not match ^down'],
    ['json: { state: down }', '"state" of the answer has "up", expected "down"'],
    ['json: { gone: 1 }', 'the answer has no "gone"'],
    ['json: [1]', 'the answer has {"state":"up"}, expected [1]'],
  ];
  for (const [expect, message] of misfits) {
    it(`that expects ${expect} has failed with "${message}" otherwise`, () =>
      withServer(
        (_request, response) => response.end('{"state":"up"}'),
        ({ url }) =>
          withPlaybooks(async ({ play }) => {
            const text = `steps: [{ id: x, http: { url: ${url}, expect: { ${expect} } } }]\n`;
            const { steps } = await play(text, { selection: 'a' });
            assert.deepEqual(steps('a'), [`failed x: ${message}`]);
          }),
      ));
  }

  it('to a service goes nowhere else, whoever says so', () =>
    withServer(
      (_request, response) => {
        response.writeHead(302, { location: 'http://127.0.0.2:9/evil' });
        response.end();
      },
      ({ url, seen }) =>
        withPlaybooks(async (playing) => {
          await withService(cmdb, playing, url);
          const text = `steps:
- { id: x, http: { service: cmdb, url: 'http://127.0.0.2:9/' }, ignoreErrors: true }
- { id: y, http: { service: cmdb, url: moved } }
`;
          const { steps } = await playing.play(text, { selection: 'a' });
          assert.deepEqual(steps('a'), [
            `failed x: http://127.0.0.2:9/ is not below ${url}/api, the address of the service. Leave "service" out, or write a path.`,
            'failed y: it redirects to http://127.0.0.2:9, and requests of a service go nowhere else',
          ]);
          assert.deepEqual(
            seen.map((each) => each.url),
            ['/api/moved'],
          );
        }),
    ));

  for (const [what, step] of [
    ['maxConcurrency', (url: string) => `{ url: ${url}, maxConcurrency: 1 }`],
    ['the concurrency of its service', () => '{ service: narrow, url: /x }'],
  ] as const) {
    it(`of all nodes keeps to ${what}`, () => {
      let [open, most] = [0, 0];
      return withServer(
        (_request, response) => {
          most = Math.max(most, ++open);
          setImmediate(() => {
            open--;
            response.end('ok');
          });
        },
        ({ url }) =>
          withPlaybooks(async (playing) => {
            const limits = `{ baseUrl: ${url}, rateLimits: { concurrency: 1 } }`;
            await withService(() => `version: 1\nservices: { narrow: ${limits} }\n`, playing, url);
            const { steps } = await playing.play(`steps: [{ id: x, http: ${step(url)} }]\n`);
            for (const node of ['a', 'b', 'c']) assert.deepEqual(steps(node), ['ok x: HTTP 200']);
            assert.equal(most, 1);
          }),
      );
    });
  }

  it('names a service that is not there before anything runs', () =>
    withPlaybooks(async (playing) => {
      await withService(cmdb, playing, 'http://127.0.0.1:1');
      await playing.write('test.playbook.yaml', 'steps: [{ http: { service: cmbd, url: /x } }]\n');
      const planned = await playing.client.plan(playing.request());
      assert.ok(!planned.ok);
      assert.match(
        planned.error.message,
        /^test\.playbook\.yaml.*no service "cmbd" in config\.yaml\. Did you mean "cmdb"\?/,
      );
    }));
});
