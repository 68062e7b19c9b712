import { spawnSync } from 'node:child_process';

const packages = [
  { client: 'pssh', program: 'parallel-ssh', name: 'pssh' },
  { client: 'pdsh', program: 'pdsh', name: 'pdsh' },
  { client: 'clush', program: 'clush', name: 'clustershell' },
  { client: 'ansible', program: 'ansible', name: 'ansible-core' },
];

/**
 * Installs the peers that are wanted and missing, where this is Debian and we are root. Done before the
 * network namespace is entered, which has no way out.
 * @param {readonly string[]} clients
 * @returns {string[]} the Debian packages that are still missing
 */
export function installPeers(clients) {
  const missing = missingPackages(clients);
  if (missing.length === 0 || process.getuid?.() !== 0) return missing;
  console.error(`Installing ${missing.join(', ')} with apt-get`);
  const options = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'APT::Install-Recommends=false'];
  spawnSync('apt-get', ['install', '-y', '-q', ...options, ...missing], {
    stdio: 'ignore',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return missingPackages(clients);
}

/** @param {readonly string[]} clients */
function missingPackages(clients) {
  return packages
    .filter(({ client }) => clients.includes(client))
    .filter(({ program }) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0)
    .map(({ name }) => name);
}
