/** Base64 (RFC 4648, 4) of bytes that come in pieces of any size. */
export async function* base64Of(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest = new Uint8Array();
  for await (const bytes of pieces) {
    const all = rest.length === 0 ? bytes : joined(rest, bytes);
    const whole = all.length - (all.length % 3);
    yield encode(all.subarray(0, whole));
    rest = all.slice(whole);
  }
  yield encode(rest);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

/** Arguments that a function call can take are limited. */
const atOnce = 8190;

function encode(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += atOnce) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + atOnce)));
  }
  return text;
}
