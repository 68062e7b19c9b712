import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createMask } from '../../../../core/run/gather/masks.ts';
import { patternProblem } from '../../../../core/run/gather/patternProblem.ts';

const web1 = { names: ['web1.example.com'], addresses: ['10.0.0.7', 'fe80::1'] };

const masked: readonly (readonly [string, string])[] = [
  ['Linux web1 6.1.0-28-amd64', 'Linux ‹node› 6.1.0-28-amd64'],
  ['web1.example.com is up', '‹node› is up'],
  ['web10 is another node', 'web10 is another node'],
  ['listening on 10.0.0.7:22', 'listening on ‹node›:22'],
  ['listening on 10.0.0.77:22', 'listening on 10.0.0.77:22'],
  ['addr fe80::1/64', 'addr ‹node›/64'],
  ['2026-11-21T10:26:05.123Z started', '‹time› started'],
  ['2026-11-21 10:26:05 +0100', '‹time›'],
  ['built 2026-11-21', 'built ‹date›'],
  ['Sat Nov 21 10:26:05 UTC 2026', '‹time›'],
  ['Nov 21 10:26:05 web1 sshd[991]: hello', '‹time› ‹node› sshd[‹pid›]: hello'],
  [' 10:26:05 up 9 days, 2 users', ' ‹time› up ‹duration›, 2 users'],
  ['took 3.25 s and 15ms', 'took ‹duration› and ‹duration›'],
  ['pid 4711, PID=12', 'pid ‹pid›, PID=‹pid›'],
  ['id 6f9619ff-8b86-d011-b42d-00cf4fc964ff', 'id ‹uuid›'],
  ['ether 52:54:00:12:34:56', 'ether ‹mac›'],
  ['at 0x7ffd1c2a', 'at ‹id›'],
  ['container 3f4e5d6c7b8a is up', 'container ‹id› is up'],
  ['version 1.26.2 build 2842', 'version 1.26.2 build 2842'],
  ['listen[80] array', 'listen[‹pid›] array'],
  ['exit 3', 'exit 3'],
  ['\u001b[1;32mactive\u001b[0m', 'active'],
  ['12345678901234', '12345678901234'],
];

describe('masks', () => {
  for (const [line, want] of masked) {
    it(`makes ${JSON.stringify(line)} ${JSON.stringify(want)}`, () => {
      assert.equal(createMask(web1)(line), want);
    });
  }

  it('masks by patterns of a person, before those that are built in', () => {
    const mask = createMask(web1, [{ name: 'ticket', pattern: 'OPS-\\d{1,6}' }]);
    assert.equal(mask('OPS-4711 at 10:00'), '‹ticket› at ‹time›');
  });

  it('does not take a short or numeric name for a word', () => {
    assert.equal(createMask({ names: ['a', '42'], addresses: [] })('a 42 b'), 'a 42 b');
  });

  it('takes a name literally', () => {
    assert.equal(createMask({ names: ['we.b+1'], addresses: [] })('we.b+1 wexb+1'), '‹node› wexb+1');
  });

  it('makes a masked line the same again', () => {
    const mask = createMask(web1);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'web1.:-/ 0123abT[]pidms'.split('')) }), (line) => {
        const once = mask(line);
        assert.equal(mask(once), once);
      }),
    );
  });

  for (const [pattern, problem] of [
    ['', 'empty'],
    ['(', 'no regular expression'],
    ['x*', 'everywhere'],
    ['(?:a+)+b', 'for ever'],
    ['(a)b', 'remembered'],
    ['x'.repeat(201), '201 characters'],
  ] as const) {
    it(`refuses the pattern ${JSON.stringify(pattern.slice(0, 20))}`, () => {
      assert.match(patternProblem(pattern) ?? '', new RegExp(problem));
    });
  }

  it('takes ordinary patterns', () => {
    for (const pattern of ['OPS-\\d{1,6}', '[a-z]+\\.service', '(?:foo|bar)-\\d+']) {
      assert.equal(patternProblem(pattern), undefined);
    }
  });
});
