import { Duplex, Readable } from 'node:stream';
import * as packets from './packets.ts';
import type { ChannelMessage } from './packets.ts';

/** How a channel talks to its connection. */
export type ChannelLine = {
  /** Calls back when the packet is on its way. */
  send(packet: Buffer, sent?: () => void): void;
  /** The channel is over: its number may be used again. */
  over(): void;
};

/** Window and largest packet that we give a channel, in bytes: as much as may wait here for a slow receiver. */
export const channelSize: packets.ChannelSize = { window: 1024 * 1024, mostBytes: 32 * 1024 };

type Opened = ChannelMessage & { type: 'confirmed' };

/**
 * One command on a connection (RFC 4254, 5 and 6): stdin and stdout, and stderr beside it. Emits `exit` with a code, or
 * with null and a signal, as ssh2's channels do; `close` when all has been read and the node has closed it.
 */
export class MuxChannel extends Duplex {
  readonly stderr: Readable;
  readonly #line: ChannelLine;
  readonly #remote: number;
  readonly #mostBytes: number;
  /** Bytes that the node takes now. */
  #window: number;
  /** Bytes that were read and are not given back to the node's window yet. */
  #owed = 0;
  #blocked: (() => void) | undefined;
  #isClosed = false;
  #isEnded = false;

  constructor({ remote, window, mostBytes }: Opened, line: ChannelLine) {
    // The exit code may come after the end of all output: closed is what the node has closed.
    super({ autoDestroy: false });
    this.#line = line;
    this.#remote = remote;
    this.#window = window;
    this.#mostBytes = mostBytes;
    this.stderr = new Readable({ read: () => this.#giveBack() });
  }

  /** Takes what the node says about this channel. */
  receive(message: ChannelMessage): void {
    switch (message.type) {
      case 'data':
        // Nothing may come after the end (RFC 4254, 5.3): a node that sends it is not heard.
        if (this.#isEnded) return;
        this.#owed += message.bytes.length;
        (message.stream === 'stdout' ? this : this.stderr).push(message.bytes);
        return;
      case 'window':
        this.#window += message.bytes;
        return this.#unblock();
      case 'exit':
        return void this.emit('exit', message.code);
      case 'signal':
        return void this.emit('exit', null, message.signal);
      case 'request':
        if (message.wantsReply) this.#line.send(packets.refuseRequest(this.#remote));
        return;
      case 'eof':
        return this.#endOutput();
      case 'close':
        if (!this.#isClosed) this.#line.send(packets.sendClose(this.#remote));
        return this.cut();
      case 'confirmed':
      case 'refused':
      case 'success':
      case 'failure':
    }
  }

  /** Says goodbye to the node; what has come and was not read is gone. */
  close(): void {
    if (!this.#isClosed) this.#line.send(packets.sendClose(this.#remote));
    this.#end();
    this.destroy();
    this.stderr.destroy();
  }

  /** The node or the connection is gone: nothing more comes and nothing can be said; what has come may still be read. */
  cut(): void {
    this.#end();
    this.end();
    if (this.readableEnded) this.destroy();
    else this.once('end', () => this.destroy());
  }

  override _read(): void {
    this.#giveBack();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    // A command that ends before it has read everything does not want the rest.
    if (this.#isClosed || chunk.length === 0) return done();
    const size = Math.min(chunk.length, this.#window, this.#mostBytes);
    const rest = chunk.subarray(size);
    const next = rest.length === 0 ? done : (): void => this._write(rest, _encoding, done);
    if (size === 0) {
      this.#blocked = next;
      return;
    }
    this.#window -= size;
    this.#line.send(packets.sendData(this.#remote, chunk.subarray(0, size)), next);
  }

  override _final(done: (error?: Error | null) => void): void {
    if (!this.#isClosed) this.#line.send(packets.sendEof(this.#remote));
    done();
  }

  #end(): void {
    this.#isClosed = true;
    this.#line.over();
    this.#unblock();
    this.#endOutput();
  }

  #endOutput(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.push(null);
    this.stderr.push(null);
  }

  #unblock(): void {
    const go = this.#blocked;
    this.#blocked = undefined;
    go?.();
  }

  /** Opens the window again as far as it was read, in large steps. */
  #giveBack(): void {
    const waiting = this.readableLength + this.stderr.readableLength;
    const bytes = this.#owed - waiting;
    if (this.#isClosed || bytes < channelSize.window / 4) return;
    this.#owed = waiting;
    this.#line.send(packets.adjustWindow(this.#remote, bytes));
  }
}
