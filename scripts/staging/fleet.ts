import { fileURLToPath } from 'node:url';
import { type SpawnedFleet, spawnFleet } from '../../engine/demo/client.ts';

/** A demo fleet from its source, in a process of its own. */
export function stageFleet(options: { nodes: number; dir: string }): Promise<SpawnedFleet> {
  const program = fileURLToPath(new URL('../../engine/demo/main.ts', import.meta.url));
  return spawnFleet({ ...options, program });
}
