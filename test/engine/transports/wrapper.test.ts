import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AnnouncementFilter, type RemoteProcess } from '../../../engine/transports/ssh/wrapper.ts';

describe('AnnouncementFilter', () => {
  it('takes the announcement out wherever the chunks are cut, and nothing else', () => {
    const noise = fc.stringMatching(/^[muster; pid=1]{0,20}$/);
    fc.assert(
      fc.property(noise, noise, fc.array(fc.nat(80)), (before, after, cuts) => {
        const found: RemoteProcess[] = [];
        const filter = new AnnouncementFilter('muster-7f', (each) => found.push(each));
        const text = Buffer.from(`${before}muster-7f pid=42 group=1;${after}`);
        const places = [0, ...cuts.map((cut) => cut % text.length).sort((a, b) => a - b), text.length];
        const kept = places.slice(1).map((end, at) => filter.take(text.subarray(places[at], end)));
        assert.equal(Buffer.concat([...kept, filter.rest()]).toString(), before + after);
        assert.deepEqual(found, [{ pid: 42, group: true }]);
      }),
    );
  });

  it('keeps stderr whole where no announcement comes', () => {
    const filter = new AnnouncementFilter('muster-7f', () => assert.fail('there is none'));
    const kept = [filter.take(Buffer.from('error: mus')), filter.take(Buffer.from('ter-7')), filter.rest()];
    assert.equal(Buffer.concat(kept).toString(), 'error: muster-7');
  });
});
