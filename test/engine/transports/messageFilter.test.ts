import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MessageFilter } from '../../../engine/transports/messageFilter.ts';

describe('MessageFilter', () => {
  const noise = fc.stringMatching(/^[muster; pid=1]{0,20}$/);
  const cuts = fc.array(fc.nat(120));

  it('takes messages out wherever the chunks are cut, and nothing else', () => {
    fc.assert(
      fc.property(fc.tuple(noise, noise, noise), cuts, ([before, between, after], cutAt) => {
        const found: string[] = [];
        const filter = new MessageFilter('muster-7f', 2, (text) => found.push(text));
        const text = `${before}muster-7f pid=42 group=1;${between}muster-7f folder=ok;${after}`;
        assert.equal(filtered(filter, Buffer.from(text), cutAt), before + between + after);
        assert.deepEqual(found, ['pid=42 group=1', 'folder=ok']);
      }),
    );
  });

  it('leaves what looks like a message alone once all have come', () => {
    fc.assert(
      fc.property(noise, cuts, (after, cutAt) => {
        const filter = new MessageFilter('muster-7f', 1, () => {});
        const text = `muster-7f pid=42 group=1;${after}muster-7f pid=1 group=1;`;
        assert.equal(filtered(filter, Buffer.from(text), cutAt), `${after}muster-7f pid=1 group=1;`);
      }),
    );
  });

  it('keeps the stream whole where no message comes', () => {
    const filter = new MessageFilter('muster-7f', 1, () => assert.fail('there is none'));
    const kept = [filter.take(Buffer.from('error: mus')), filter.take(Buffer.from('ter-7')), filter.rest()];
    assert.equal(Buffer.concat(kept).toString(), 'error: muster-7');
  });
});

function filtered(filter: MessageFilter, text: Buffer, cutAt: readonly number[]): string {
  const places = [0, ...cutAt.map((cut) => cut % text.length).sort((a, b) => a - b), text.length];
  const kept = places.slice(1).map((end, at) => filter.take(text.subarray(places[at], end)));
  return Buffer.concat([...kept, filter.rest()]).toString();
}
