import assert from 'node:assert/strict';
import { isIpv4, isIpv6 } from '../../../core/util/ip.ts';

describe('an IP address', () => {
  const right = ['::', '::1', '2001:db8::1', 'fe80::1%eth0', '::ffff:10.0.0.1', '1:2:3:4:5:6:7:8', '1::8'];
  const wrong = ['1', ':::', '1::2::3', '1:2:3', '12345::', '::g', '1:2:3:4:5:6:7:8:9', '1.2.3.4::', '::1%'];
  for (const text of right) it(`may be ${text}`, () => assert.equal(isIpv6(text), true));
  for (const text of wrong) it(`is not ${text}`, () => assert.equal(isIpv6(text), false));

  it('of version 4 has four numbers up to 255', () => {
    assert.equal(isIpv4('10.0.0.255'), true);
    for (const text of ['300.1.1.1', '1.2.3', '1.2.3.4.5', 'a.b.c.d', '']) assert.equal(isIpv4(text), false);
  });
});
