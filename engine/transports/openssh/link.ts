import { connect, type Socket } from 'node:net';
import { channelSize, MuxChannel } from './channel.ts';
import { controlFrame, createFrameReader, packetFrame } from './frames.ts';
import * as packets from './packets.ts';
import type { ChannelMessage } from './packets.ts';

type ExecOptions = { readonly x11?: boolean; readonly pty?: packets.TerminalSize };

/** A connection to a master, over which channels to its node can be opened. */
export type MuxLink = {
  /** Opens a channel for a command line, as ssh2's clients do. `x11` is read when the command is sent. */
  exec(line: string, ...rest: [OnChannel] | [ExecOptions, OnChannel]): void;
  /** Opens a channel to a subsystem of the node, such as `sftp`, as ssh2's clients do. */
  subsys(name: string, callback: OnChannel): void;
  /** Settles when the master is gone, or was left. */
  readonly ended: Promise<void>;
  isOpen(): boolean;
  /** Ends the master. */
  close(): void;
};

export type OnChannel = (error: Error | undefined, channel?: MuxChannel) => void;

/** Words of OpenSSH's PROTOCOL.mux. */
const hello = 1;
const version = 4;
const proxy = 0x1000_000f;
const proxyAccepted = 0x8000_000f;
const aliveCheck = 0x1000_0004;
const alive = 0x8000_0005;

/** Milliseconds for the master to answer; it is on this machine. */
const answerMs = 5000;

/**
 * Joins the master at a socket and has it pass on SSH packets, so that exit codes and signals come as the node sends
 * them. Undefined where nobody answers there.
 */
export async function joinMaster(path: string): Promise<MuxLink | undefined> {
  const socket = await dialMaster(path);
  if (!socket) return undefined;
  const accepted = Promise.withResolvers<boolean>();
  let channels: Channels | undefined;
  let master = 0;
  const read = createFrameReader((frame) => {
    if (channels) return channels.take(frame.subarray(1));
    const word = frame.readUInt32BE(0);
    if (word === alive) master = frame.readUInt32BE(8);
    if (word === hello || word === alive) return;
    if (word === proxyAccepted) channels = createChannels(socket);
    accepted.resolve(channels !== undefined);
  });
  socket.on('data', (chunk: Buffer) => {
    try {
      read(chunk);
    } catch {
      // What can not be read is no master's.
      socket.destroy();
    }
  });
  const ended = new Promise<void>((resolve) => {
    socket.once('close', () => {
      accepted.resolve(false);
      channels?.cut();
      resolve();
    });
  });
  socket.setTimeout(answerMs, () => socket.destroy());
  socket.write(
    Buffer.concat([controlFrame(hello, version), controlFrame(aliveCheck, 0), controlFrame(proxy, 1)]),
  );
  const isAccepted = await accepted.promise;
  socket.setTimeout(0);
  if (!isAccepted || !channels) {
    socket.destroy();
    return undefined;
  }
  return {
    exec: channels.exec,
    subsys: channels.subsys,
    ended,
    isOpen: () => !socket.destroyed,
    close: () => {
      if (!socket.destroyed) endProcess(master);
      socket.destroySoon();
    },
  };
}

/** While its socket is open the process is the master, and nobody else's by now. */
function endProcess(pid: number): void {
  try {
    if (pid > 0) process.kill(pid, 'SIGTERM');
  } catch {
    // It has gone by itself.
  }
}

function dialMaster(path: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(socket));
    // For good: an error event that nobody listens to would end the process.
    socket.on('error', () => resolve(undefined));
  });
}

type Channels = {
  readonly exec: MuxLink['exec'];
  readonly subsys: MuxLink['subsys'];
  take(packet: Buffer): void;
  cut(): void;
};

/** A channel on its way to being open. */
type Opening = {
  /** What is asked of the node on the channel, by the channel's number there. */
  readonly requests: (channel: number) => readonly Buffer[];
  readonly mark: () => void;
  /** What it means when the node says no. */
  readonly refusal: string;
  readonly callback: OnChannel;
  channel?: MuxChannel;
};

function createChannels(socket: Socket): Channels {
  const opening = new Map<number, Opening>();
  const open = new Map<number, MuxChannel>();
  let last = 0;
  const send = senderTo(socket);
  const fail = (id: number, error: Error): void => {
    const waiting = opening.get(id);
    opening.delete(id);
    waiting?.callback(error);
  };
  const begin = (each: Opening): void => {
    const id = ++last;
    opening.set(id, each);
    if (socket.writable) send(packets.openSession(id, channelSize));
    else fail(id, gone());
  };
  const takeOpening = (message: ChannelMessage, waiting: Opening): void => {
    switch (message.type) {
      case 'confirmed':
        waiting.channel = new MuxChannel(message, { send, over: () => void open.delete(message.channel) });
        open.set(message.channel, waiting.channel);
        waiting.mark();
        return waiting.requests(message.remote).forEach((packet) => send(packet));
      case 'refused':
        return fail(message.channel, refusal(message));
      case 'success':
        opening.delete(message.channel);
        return waiting.callback(undefined, waiting.channel);
      case 'failure':
        waiting.channel?.close();
        return fail(message.channel, new Error(waiting.refusal));
      default:
        waiting.channel?.receive(message);
        if (message.type === 'close') fail(message.channel, new Error('the node closed the channel'));
    }
  };
  return {
    ...askers(begin),
    take(packet) {
      const message = packets.readMessage(packet);
      const waiting = message && opening.get(message.channel);
      if (message && waiting) takeOpening(message, waiting);
      else if (message) open.get(message.channel)?.receive(message);
    },
    cut() {
      for (const id of opening.keys()) fail(id, gone());
      open.forEach((channel) => channel.cut());
    },
  };
}

/** What a channel can be opened for. */
function askers(begin: (opening: Opening) => void): Pick<Channels, 'exec' | 'subsys'> {
  return {
    exec: (line, ...rest) => {
      const [options, callback] = rest.length === 1 ? [undefined, rest[0]] : rest;
      begin({
        requests: (channel) => requestsOf({ pty: options?.pty, line }, channel),
        refusal: 'the node does not run commands',
        mark: () => void options?.x11,
        callback,
      });
    },
    subsys: (name, callback) =>
      begin({
        requests: (channel) => [packets.requestSubsystem(channel, name)],
        refusal: `the node has no ${name}`,
        mark: () => undefined,
        callback,
      }),
  };
}

type Asked = { readonly pty: packets.TerminalSize | undefined; readonly line: string };

/** What is asked of the node on a channel that is open. */
function requestsOf({ pty, line }: Asked, channel: number): readonly Buffer[] {
  return [...(pty ? [packets.requestTerminal(channel, pty)] : []), packets.requestExec(channel, line)];
}

function senderTo(socket: Socket) {
  return (packet: Buffer, sent?: () => void): void => {
    if (socket.writable) socket.write(packetFrame(packet), () => sent?.());
    else sent?.();
  };
}

function gone(): Error {
  return new Error('the connection is gone');
}

/** Has the reason of RFC 4254, 5.1, as ssh2's errors have it: nothing was started. */
function refusal({ reason, message }: ChannelMessage & { type: 'refused' }): Error {
  return Object.assign(new Error(message || 'the node opens no channel'), { reason });
}
