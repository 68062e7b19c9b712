import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MessageFilter } from '../../../engine/transports/messageFilter.ts';

describe('MessageFilter', () => {
  const noise = fc.stringMatching(/^[muster; pid=1]{0,20}$/);
  const cuts = fc.array(fc.nat(120));

  it('takes messages out wherever the chunks are cut, and nothing else', () => {
    fc.assert(
      fc.property(fc.tuple(noise, noise, noise), cuts, ([before, between, after], cutAt) => {
        const filter = new MessageFilter('muster-7f', 2);
        const text = `${before}muster-7f pid=42 group=1;${between}muster-7f folder=ok;${after}`;
        assert.deepEqual(filtered(filter, text, cutAt), {
          own: before + between + after,
          messages: ['pid=42 group=1', 'folder=ok'],
        });
      }),
    );
  });

  it('leaves what looks like a message alone once all have come', () => {
    fc.assert(
      fc.property(noise, cuts, (after, cutAt) => {
        const filter = new MessageFilter('muster-7f', 1);
        const text = `muster-7f pid=42 group=1;${after}muster-7f pid=1 group=1;`;
        assert.equal(filtered(filter, text, cutAt).own, `${after}muster-7f pid=1 group=1;`);
      }),
    );
  });

  it('keeps the stream whole where no message comes', () => {
    const filter = new MessageFilter('muster-7f', 1);
    assert.deepEqual(filtered(filter, 'error: muster-7', [10]), { own: 'error: muster-7', messages: [] });
  });
});

function filtered(filter: MessageFilter, text: string, cutAt: readonly number[]) {
  const bytes = Buffer.from(text);
  const places = [0, ...cutAt.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
  const pieces = places.slice(1).flatMap((end, at) => filter.take(bytes.subarray(places[at], end)));
  const own = pieces.flatMap((piece) => ('bytes' in piece ? [piece.bytes] : []));
  return {
    own: Buffer.concat([...own, filter.rest()]).toString(),
    messages: pieces.flatMap((piece) => ('message' in piece ? [piece.message] : [])),
  };
}
