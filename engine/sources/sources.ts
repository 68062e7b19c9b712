import { join } from 'node:path';
import type { Clock } from '../../core/util/clock.ts';
import { commandEnvironment } from '../transports/local/environment.ts';
import { createTrustStore, type TrustStore } from '../trust/trustStore.ts';
import { createCommandCache } from './commandSource.ts';
import { createInventoryLoader, type InventoryLoader } from './loadInventory.ts';
import { createParseAside, type ParseAside } from './parseAside.ts';

/** Where inventories come from, and what a person has allowed them. */
export type Sources = {
  readonly loader: InventoryLoader;
  readonly trust: TrustStore;
  readonly aside: ParseAside | undefined;
};

export type SourcesOptions = {
  readonly dataDir: string;
  readonly home: string;
  readonly clock: Clock;
  readonly parserProgram?: string;
};

/** Sources of one engine. Nothing is written before something is allowed or a command has printed. */
export function createSources({ dataDir, home, clock, parserProgram }: SourcesOptions): Sources {
  const now = (): number => clock.now();
  const trust = createTrustStore(join(dataDir, 'trust.json'));
  const commands = createCommandCache({
    folder: join(dataDir, 'cache', 'sources'),
    home,
    env: commandEnvironment(process.env),
  });
  const aside = parserProgram === undefined ? undefined : createParseAside({ program: parserProgram });
  return { loader: createInventoryLoader({ home, aside, now, trust, commands }), trust, aside };
}
