/** The cipher suites of MicroPython's TLS in its order, by its names, with those of OpenSSL. */

const suites: readonly (readonly [number: number, name: string, openssl: string])[] = [
  [0xc02c, "TLS-ECDHE-ECDSA-WITH-AES-256-GCM-SHA384", "ECDHE-ECDSA-AES256-GCM-SHA384"],
  [0xc030, "TLS-ECDHE-RSA-WITH-AES-256-GCM-SHA384", "ECDHE-RSA-AES256-GCM-SHA384"],
  [0xc024, "TLS-ECDHE-ECDSA-WITH-AES-256-CBC-SHA384", "ECDHE-ECDSA-AES256-SHA384"],
  [0xc028, "TLS-ECDHE-RSA-WITH-AES-256-CBC-SHA384", "ECDHE-RSA-AES256-SHA384"],
  [0xc00a, "TLS-ECDHE-ECDSA-WITH-AES-256-CBC-SHA", "ECDHE-ECDSA-AES256-SHA"],
  [0xc014, "TLS-ECDHE-RSA-WITH-AES-256-CBC-SHA", "ECDHE-RSA-AES256-SHA"],
  [0xc02b, "TLS-ECDHE-ECDSA-WITH-AES-128-GCM-SHA256", "ECDHE-ECDSA-AES128-GCM-SHA256"],
  [0xc02f, "TLS-ECDHE-RSA-WITH-AES-128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256"],
  [0xc023, "TLS-ECDHE-ECDSA-WITH-AES-128-CBC-SHA256", "ECDHE-ECDSA-AES128-SHA256"],
  [0xc027, "TLS-ECDHE-RSA-WITH-AES-128-CBC-SHA256", "ECDHE-RSA-AES128-SHA256"],
  [0xc009, "TLS-ECDHE-ECDSA-WITH-AES-128-CBC-SHA", "ECDHE-ECDSA-AES128-SHA"],
  [0xc013, "TLS-ECDHE-RSA-WITH-AES-128-CBC-SHA", "ECDHE-RSA-AES128-SHA"],
  [0x009d, "TLS-RSA-WITH-AES-256-GCM-SHA384", "AES256-GCM-SHA384"],
  [0x003d, "TLS-RSA-WITH-AES-256-CBC-SHA256", "AES256-SHA256"],
  [0x0035, "TLS-RSA-WITH-AES-256-CBC-SHA", "AES256-SHA"],
  [0x009c, "TLS-RSA-WITH-AES-128-GCM-SHA256", "AES128-GCM-SHA256"],
  [0x003c, "TLS-RSA-WITH-AES-128-CBC-SHA256", "AES128-SHA256"],
  [0x002f, "TLS-RSA-WITH-AES-128-CBC-SHA", "AES128-SHA"],
  [0x00a9, "TLS-PSK-WITH-AES-256-GCM-SHA384", "PSK-AES256-GCM-SHA384"],
  [0x00af, "TLS-PSK-WITH-AES-256-CBC-SHA384", "PSK-AES256-CBC-SHA384"],
  [0x008d, "TLS-PSK-WITH-AES-256-CBC-SHA", "PSK-AES256-CBC-SHA"],
  [0x00a8, "TLS-PSK-WITH-AES-128-GCM-SHA256", "PSK-AES128-GCM-SHA256"],
  [0x00ae, "TLS-PSK-WITH-AES-128-CBC-SHA256", "PSK-AES128-CBC-SHA256"],
  [0x008c, "TLS-PSK-WITH-AES-128-CBC-SHA", "PSK-AES128-CBC-SHA"],
];

export const cipherSuites: readonly string[] = suites.map(([, name]) => name);

/** Whether a suite authenticates with a pre-shared key. */
export function usesPsk(name: string): boolean {
  return name.startsWith("TLS-PSK-");
}

/** Whether the server signs with its key, rather than decrypt with it. */
export function usesSignature(name: string): boolean {
  return name.startsWith("TLS-ECDHE-");
}

/** The suite of a number in the protocol. */
export function numberedSuite(number: number): string | undefined {
  return suites.find(([one]) => one === number)?.[1];
}

/** Its name in OpenSSL, undefined for an unknown one. */
export function opensslName(suite: string): string | undefined {
  return suites.find(([, name]) => name === suite)?.[2];
}

/** The name for one of OpenSSL. */
export function suiteName(openssl: string): string | undefined {
  return suites.find(([, , name]) => name === openssl)?.[1];
}
