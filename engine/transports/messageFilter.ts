/** A piece of a stream: bytes of the command's own, or what the wrapper said. */
export type Piece = { readonly bytes: Uint8Array } | { readonly message: string };

/** Takes what the wrapper says out of a stream, wherever the chunks are cut: `WORD text;`, as often as is expected. */
export class MessageFilter {
  readonly #word: Buffer;
  #expected: number;
  /** Bytes that may belong to a message. */
  #held = Buffer.alloc(0);

  constructor(word: string, expected: number) {
    this.#word = Buffer.from(`${word} `);
    this.#expected = expected;
  }

  /** What has come whole with this chunk, in order. */
  take(chunk: Uint8Array): readonly Piece[] {
    if (this.#expected === 0) return [{ bytes: chunk }];
    const pieces: Piece[] = [];
    let bytes = Buffer.concat([this.#held, chunk]);
    this.#held = Buffer.alloc(0);
    while (this.#expected > 0) {
      const start = bytes.indexOf(this.#word);
      const end = start < 0 ? -1 : bytes.indexOf(';', start);
      if (end < 0) {
        const until = start < 0 ? bytes.length - overlap(bytes, this.#word) : start;
        this.#held = bytes.subarray(until);
        return [...pieces, { bytes: bytes.subarray(0, until) }];
      }
      this.#expected--;
      pieces.push({ bytes: bytes.subarray(0, start) });
      pieces.push({ message: bytes.toString('latin1', start + this.#word.length, end) });
      bytes = bytes.subarray(end + 1);
    }
    return [...pieces, { bytes }];
  }

  /** What is held when the stream ends: it was no message. */
  rest(): Uint8Array {
    const held = this.#held;
    this.#held = Buffer.alloc(0);
    this.#expected = 0;
    return held;
  }
}

/** How many bytes at the end of `bytes` are the start of `word`. */
function overlap(bytes: Buffer, word: Buffer): number {
  let length = Math.min(bytes.length, word.length - 1);
  while (length > 0 && !bytes.subarray(bytes.length - length).equals(word.subarray(0, length))) length--;
  return length;
}
