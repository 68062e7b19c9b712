/** One node of the demo fleet and what is special about it. */
export type DemoNode = {
  readonly name: string;
  readonly group: 'edge' | 'api' | 'web';
  readonly tags: readonly string[];
  /** Seconds that its commands think before they answer. */
  readonly delaySeconds: number;
  /** Nothing listens on its port. */
  readonly refuses: boolean;
  /** What `systemctl is-active` says about every service on it. */
  readonly services: 'active' | 'inactive';
  /** What `uname -r` prints. */
  readonly kernel: string;
};

/** Addresses of the demo nodes start here: 127.0.0.11, 127.0.0.12, … */
const firstAddress = 11;

/** The most that fit between 127.0.0.11 and 127.0.0.254. */
export const maxDemoNodes = 254 - firstAddress + 1;

/**
 * The fleet as data: a sixth are edge nodes, a third api, the rest web. The last web node refuses
 * connections, the last api node's services are down, the second web node has another kernel and every
 * fifth node is slow.
 */
export function designFleet(count: number): readonly DemoNode[] {
  const edge = Math.max(1, Math.floor(count / 6));
  const api = Math.max(1, Math.floor(count / 3));
  const web = Math.max(1, count - edge - api);
  return [...members('edge', edge), ...members('api', api), ...members('web', web)]
    .slice(0, count)
    .map((member, index) => describeNode(member, index, { api, web }));
}

/** Loopback address of the node at this place in the fleet, where every 127.x.x.x is the machine itself. */
export function loopbackAddress(index: number, platform: NodeJS.Platform = process.platform): string {
  return platform === 'linux' ? `127.0.0.${firstAddress + index}` : '127.0.0.1';
}

type Member = { group: DemoNode['group']; at: number; digits: number };

function members(group: DemoNode['group'], count: number): readonly Member[] {
  const digits = Math.max(2, `${count}`.length);
  return Array.from({ length: count }, (_, index) => ({ group, at: index + 1, digits }));
}

function describeNode(member: Member, index: number, sizes: { api: number; web: number }): DemoNode {
  const { group, at, digits } = member;
  const canary = at === 1;
  return {
    name: `${group}${String(at).padStart(digits, '0')}`,
    group,
    tags: [group === 'edge' ? 'staging' : 'prod', ...(canary ? ['canary'] : [])],
    delaySeconds: index % 5 === 4 ? 1 + (index % 3) : 0,
    refuses: group === 'web' && at === sizes.web,
    services: group === 'api' && at === sizes.api ? 'inactive' : 'active',
    kernel: group === 'web' && at === 2 ? '6.1.0-31-amd64' : '6.1.0-28-amd64',
  };
}
