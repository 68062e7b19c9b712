/** Whether Windows takes a file name for a device, whatever follows a dot (Naming Files, Paths, and Namespaces). */
export function isDeviceName(name: string): boolean {
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name);
}
