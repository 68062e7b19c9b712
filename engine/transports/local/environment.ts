const own = /^(MUSTER|VSCODE|ELECTRON)_/;
const secret = /TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|API_?KEY|PRIVATE_?KEY/i;

/** What a command on this machine gets of our environment: neither what is ours nor what looks like a secret. */
export function commandEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const kept = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !own.test(name) && !secret.test(name)) kept[name] = value;
  }
  return kept;
}
