import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createSecrets } from '../../../core/run/redact.ts';

function redacted(secrets: readonly string[], text: Uint8Array, cutAt: readonly number[] = []): Buffer {
  const all = createSecrets();
  for (const secret of secrets) all.add(secret);
  const redactor = all.redactor();
  const cuts = text.length === 0 ? [] : cutAt.map((cut) => cut % text.length).sort((a, b) => a - b);
  const places = [0, ...cuts, text.length];
  const parts = places.slice(1).map((end, at) => redactor.take(text.subarray(places[at], end)));
  return Buffer.concat([...parts, redactor.rest()]);
}

describe('redaction', () => {
  const secret = fc
    .string({ minLength: 4, maxLength: 20, unit: 'grapheme' })
    .filter((each) => each.length >= 4);
  const noise = fc.uint8Array({ maxLength: 60 });
  const cuts = fc.array(fc.nat(500), { maxLength: 30 });

  it('R-K2: hides a secret wherever the chunks are cut', () => {
    fc.assert(
      fc.property(secret, fc.tuple(noise, noise), cuts, (hidden, [before, after], cutAt) => {
        const text = Buffer.concat([before, Buffer.from(hidden), after]);
        const result = redacted([hidden], text, cutAt);
        // What remains of stars and noise is not the secret, unless it is made of stars itself.
        assert.ok(hidden.includes('*') || !result.includes(Buffer.from(hidden.toWellFormed())));
      }),
      { numRuns: 100 },
    );
  });

  it('R-K2: changes nothing else, wherever the chunks are cut', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{0,80}$/), cuts, (text, cutAt) => {
        assert.equal(redacted(['hunter2!', 'abc7'], Buffer.from(text), cutAt).toString(), text);
      }),
    );
  });

  it('R-K2: gives the same wherever the chunks are cut, also where secrets begin or end alike', () => {
    const letters = fc.stringMatching(/^[ab]{4,9}$/);
    const text = fc.stringMatching(/^[abc]{0,60}$/);
    fc.assert(
      fc.property(fc.array(letters, { minLength: 1, maxLength: 3 }), text, cuts, (secrets, said, cutAt) => {
        const whole = redacted(secrets, Buffer.from(said)).toString();
        assert.equal(redacted(secrets, Buffer.from(said), cutAt).toString(), whole);
        for (const each of secrets) assert.ok(!whole.includes(each));
      }),
      { numRuns: 300 },
    );
  });

  it('R-K2: shows no rest of a longer secret that begins with a shorter one', () => {
    const every = Array.from({ length: 20 }, (_, at) => at);
    const show = (said: string): string =>
      redacted(['hunter', 'hunter2!'], Buffer.from(said), every).toString();
    assert.deepEqual(['hunter2!', 'hunter2?', 'hunter'].map(show), ['********', '********2?', '********']);
  });

  const escapes = fc.array(fc.constantFrom('', '', '\u001b[31m', '\u001b[0m', '\u001b[1;38;5;208m'), {
    minLength: 16,
    maxLength: 16,
  });
  it('R-K2: finds a secret with any colours in it, wherever the chunks are cut', () => {
    fc.assert(
      fc.property(escapes, noise, cuts, (colours, before, cutAt) => {
        const coloured = 'pass word/7f3k~X'
          .split('')
          .map((each, at) => each + (at < 15 ? colours[at] : ''))
          .join('');
        const text = Buffer.concat([before, Buffer.from(`<${coloured}>`)]);
        const shown = redacted(['pass word/7f3k~X'], text, cutAt).toString('latin1');
        assert.ok(shown.endsWith('<********>'), shown);
      }),
      { numRuns: 200 },
    );
  });

  const bytes = (text: string): string => Buffer.from(text).toString('base64');
  const forms: Record<string, string> = {
    plain: 's3cret/pass word',
    'percent-encoded': 's3cret%2Fpass%20word',
    'base64 alone': bytes('s3cret/pass word'),
    'base64 after one byte': bytes('xs3cret/pass word'),
    'base64 in a header': bytes('user:s3cret/pass word'),
    'base64 with more behind it': bytes('ab:s3cret/pass word, and so on'),
    'with colours between its characters': 's3\u001b[1;31mcret/pass\u001b[0m word',
  };
  for (const [what, form] of Object.entries(forms)) {
    it(`R-K2: finds it ${what}, byte by byte`, () => {
      const text = Buffer.from(`<${form}>`);
      const whole = redacted(['s3cret/pass word'], text).toString();
      assert.match(whole, /\*{8}/);
      for (const part of ['s3cret', 'cret/pa', form.slice(4, 14)]) assert.ok(!whole.includes(part), whole);
      const every = Array.from({ length: text.length }, (_, at) => at);
      assert.equal(redacted(['s3cret/pass word'], text, every).toString(), whole);
    });
  }

  it('R-K2: holds back no more than what may be the start of a secret', () => {
    const secrets = createSecrets();
    secrets.add('hunter2!');
    const redactor = secrets.redactor();
    assert.equal(Buffer.from(redactor.take(Buffer.from('the hunt'))).toString(), 'the ');
    assert.equal(Buffer.from(redactor.take(Buffer.from(' is on'))).toString(), 'hunt is on');
  });

  it('R-K2: does not blank out output for a secret of a letter or two', () => {
    assert.equal(redacted(['a', 'abc'], Buffer.from('abc banana')).toString(), 'abc banana');
  });

  it('leaves output alone while there is no secret', () => {
    const chunk = Buffer.from('as it came');
    assert.equal(createSecrets().redactor().take(chunk), chunk);
  });

  it('takes secrets out of messages', () => {
    const secrets = createSecrets();
    secrets.add('zażółć');
    assert.equal(secrets.redact('sudo said: zażółć, żółty'), 'sudo said: ********, żółty');
  });
});
