import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoNode } from './design.ts';
import { designFleet, loopbackAddress } from './design.ts';
import type { FleetFiles, PlacedNode } from './files.ts';
import { writeFleetFiles } from './files.ts';
import { type KeyPair, newKeyPair } from './keys.ts';
import { makeNodeFolder } from './folder.ts';
import type { Listener } from './listener.ts';
import { listen } from './listener.ts';

export type FleetOptions = {
  readonly nodes: number;
  /** The demo workspace: `.muster/` and `nodes/` are written into it. */
  readonly dir: string;
  /** Port to prefer where each node has an address of its own; any free one when it is taken. */
  readonly port?: number;
};

/** A running fleet. Closing it ends every process that its nodes still run. */
export type Fleet = {
  readonly nodes: readonly PlacedNode[];
  readonly files: FleetFiles;
  close(): Promise<void>;
};

/** Starts the demo nodes in this process and writes the workspace that names them. */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const nodesDir = join(options.dir, 'nodes');
  await rm(nodesDir, { recursive: true, force: true });
  const clientKey = newKeyPair();
  const listeners: Listener[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(listeners.map((listener) => listener.close()));
  };
  try {
    const nodes: PlacedNode[] = [];
    for (const [index, node] of designFleet(options.nodes).entries()) {
      const started = await startNode(node, { nodesDir, index, clientKey, port: options.port ?? 0 });
      if (started.listener) listeners.push(started.listener);
      nodes.push(started.placed);
    }
    const files = await writeFleetFiles(options.dir, nodes, clientKey);
    return { nodes, files, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Place = { nodesDir: string; index: number; clientKey: KeyPair; port: number };

async function startNode(node: DemoNode, place: Place): Promise<{ placed: PlacedNode; listener?: Listener }> {
  const hostKey = newKeyPair();
  const address = loopbackAddress(place.index);
  const folder = await makeNodeFolder(place.nodesDir, node);
  const listenOn = (port: number): Promise<Listener> =>
    listen({ address, port, hostKey: hostKey.private, clientKey: place.clientKey.public, folder });
  const listener = await listenOn(place.port).catch((error: unknown) => {
    if (isTaken(error)) return listenOn(0);
    throw error;
  });
  const placed = { ...node, host: address, port: listener.port, hostKey: hostKey.public };
  if (!node.refuses) return { placed, listener };
  await listener.close(); // Its port was free a moment ago, so that now nothing answers there.
  return { placed };
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
