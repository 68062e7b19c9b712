/** What a keyword takes: how many words, and which. */
export type Kind =
  | 'flag'
  | 'word'
  | 'words'
  | 'rest'
  | 'number'
  | 'time'
  | 'port'
  | 'jump'
  | 'deprecated'
  | 'block'
  | 'include'
  | readonly string[];

const flags = words(`
  batchmode canonicalizefallbacklocal checkhostip clearallforwardings compression
  enableescapecommandline enablesshkeysign exitonforwardfailure forkafterauthentication forwardx11
  forwardx11trusted gatewayports gssapiauthentication gssapidelegatecredentials gssapikeyexchange
  gssapirenewalforcesrekey gssapitrustdns hashknownhosts hostbasedauthentication identitiesonly
  kbdinteractiveauthentication nohostauthenticationforlocalhost passwordauthentication
  permitlocalcommand proxyusefdpass stdinnull streamlocalbindunlink tcpkeepalive visualhostkey
  warnweakcrypto
  challengeresponseauthentication skeyauthentication tisauthentication dsaauthentication keepalive
`);

const wordKeywords = words(`
  bindaddress bindinterface certificatefile controlpath gssapiclientidentity gssapikexalgorithms
  gssapiserveridentity hostkeyalias hostname identityagent identityfile ipqos kbdinteractivedevices
  pkcs11provider preferredauthentications rekeylimit revokedhostkeys securitykeyprovider
  smartcarddevice streamlocalbindmask syslogfacility tunneldevice user xauthlocation addkeystoagent
  escapechar forwardagent loglevel ciphers macs kexalgorithms hostkeyalgorithms
  hostbasedacceptedalgorithms hostbasedkeytypes pubkeyacceptedalgorithms pubkeyacceptedkeytypes
  casignaturealgorithms ignoreunknown dynamicforward controlpersist permitremoteopen
  canonicaldomains canonicalizepermittedcnames tag channeltimeout obscurekeystroketiming
`);

const yesNo = ['yes', 'no', 'true', 'false'] as const;

/**
 * The keywords of ssh_config(5), OpenSSH up to 10.1, in lower case, and those of former versions that ssh still takes. Any
 * other one refuses the file.
 */
export const keywords: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ...flags.map((name): [string, Kind] => [name, 'flag']),
  ...wordKeywords.map((name): [string, Kind] => [name, 'words']),
  ['host', 'block'],
  ['match', 'block'],
  ['include', 'include'],
  ['port', 'port'],
  ['proxyjump', 'jump'],
  ['proxycommand', 'rest'],
  ['localcommand', 'rest'],
  ['remotecommand', 'rest'],
  ['knownhostscommand', 'rest'],
  ['refuseconnection', 'rest'],
  ['versionaddendum', 'rest'],
  ['userknownhostsfile', 'words'],
  ['globalknownhostsfile', 'words'],
  ['localforward', 'words'],
  ['remoteforward', 'words'],
  ['sendenv', 'words'],
  ['setenv', 'words'],
  ['logverbose', 'words'],
  ['connectionattempts', 'number'],
  ['numberofpasswordprompts', 'number'],
  ['serveralivecountmax', 'number'],
  ['canonicalizemaxdots', 'number'],
  ['requiredrsasize', 'number'],
  ['connecttimeout', 'time'],
  ['serveraliveinterval', 'time'],
  ['forwardx11timeout', 'time'],
  ['addressfamily', ['any', 'inet', 'inet6']],
  ['canonicalizehostname', [...yesNo, 'always']],
  ['controlmaster', [...yesNo, 'auto', 'ask', 'autoask']],
  ['fingerprinthash', ['md5', 'sha256']],
  ['pubkeyauthentication', [...yesNo, 'unbound', 'host-bound']],
  ['requesttty', [...yesNo, 'force', 'auto']],
  ['sessiontype', ['none', 'subsystem', 'default']],
  ['stricthostkeychecking', [...yesNo, 'ask', 'off', 'accept-new']],
  ['tunnel', ['ethernet', 'point-to-point', ...yesNo]],
  ['updatehostkeys', [...yesNo, 'ask']],
  ['verifyhostkeydns', [...yesNo, 'ask']],
  ...words(`
  afstokenpassing kerberosauthentication kerberostgtpassing rsaauthentication
  rhostsrsaauthentication rhostsauthentication useprivilegedport useroaming usersh protocol
  compressionlevel cipher fallbacktorsh globalknownhostsfile2 userknownhostsfile2
`).map((name): [string, Kind] => [name, 'deprecated']),
]);

/** Former names of keywords. */
export const renamed: ReadonlyMap<string, string> = new Map([
  ['challengeresponseauthentication', 'kbdinteractiveauthentication'],
  ['skeyauthentication', 'kbdinteractiveauthentication'],
  ['tisauthentication', 'kbdinteractiveauthentication'],
  ['dsaauthentication', 'pubkeyauthentication'],
  ['keepalive', 'tcpkeepalive'],
]);

/** The words of a list that is written as text. */
export function words(list: string): string[] {
  return list.trim().split(/\s+/);
}
