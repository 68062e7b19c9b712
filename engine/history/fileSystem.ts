import { statfsSync } from 'node:fs';

/**
 * Types of file systems, statfs(2), that other machines may write to at the same time, or whose locks and shared memory
 * stop at one machine: NFS, SMB of three ages, 9p, FUSE (sshfs and folders of cloud services), Ceph, AFS of two kinds,
 * Coda, Lustre, GPFS, BeeGFS, GFS2, OCFS2, and folders of the host of a virtual machine (VirtualBox, VMware, Parallels).
 */
const sharedTypes: ReadonlySet<number> = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x01021997, 0x65735546, 0x00c36400, 0x5346414f, 0x6b414653,
  0x73757245, 0x0bd00bd0, 0x47504653, 0x19830326, 0x01161970, 0x7461636f, 0x786f4256, 0xbacbacbc, 0x7c7c6673,
]);

/** Whether a folder is on such a file system. Only Linux says; elsewhere a UNC path is all that is known. */
export function isOnSharedDisk(folder: string): boolean {
  if (process.platform === 'win32') return folder.startsWith('\\\\');
  if (process.platform !== 'linux') return false;
  try {
    return isSharedType(statfsSync(folder).type);
  } catch {
    return false;
  }
}

/** `type` as statfs(2) gives it, which may be a negative number where it fills 32 bits. */
export function isSharedType(type: number): boolean {
  return sharedTypes.has(type >>> 0);
}
