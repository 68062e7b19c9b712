/** Takes what the wrapper says out of a stream, wherever the chunks are cut: `WORD text;`, as often as is expected. */
export class MessageFilter {
  readonly #word: Buffer;
  readonly #onMessage: (text: string) => void;
  #expected: number;
  /** Bytes that may belong to a message. */
  #held = Buffer.alloc(0);

  constructor(word: string, expected: number, onMessage: (text: string) => void) {
    this.#word = Buffer.from(`${word} `);
    this.#expected = expected;
    this.#onMessage = onMessage;
  }

  /** Gives the bytes of the chunk, and of earlier ones, that are the command's own. */
  take(chunk: Uint8Array): Uint8Array {
    if (this.#expected === 0) return chunk;
    const own: Buffer[] = [];
    let bytes = Buffer.concat([this.#held, chunk]);
    while (this.#expected > 0) {
      const start = bytes.indexOf(this.#word);
      const end = start < 0 ? -1 : bytes.indexOf(';', start);
      if (end < 0) {
        const until = start < 0 ? bytes.length - overlap(bytes, this.#word) : start;
        own.push(bytes.subarray(0, until));
        this.#held = bytes.subarray(until);
        return Buffer.concat(own);
      }
      own.push(bytes.subarray(0, start));
      this.#expected--;
      this.#onMessage(bytes.toString('latin1', start + this.#word.length, end));
      bytes = bytes.subarray(end + 1);
    }
    this.#held = Buffer.alloc(0);
    return Buffer.concat([...own, bytes]);
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
