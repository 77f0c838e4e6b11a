/** The cipher suites of MicroPython's TLS in its order, by its names, with those of OpenSSL. */

const suites: readonly (readonly [name: string, openssl: string])[] = [
  ["TLS-ECDHE-ECDSA-WITH-AES-256-GCM-SHA384", "ECDHE-ECDSA-AES256-GCM-SHA384"],
  ["TLS-ECDHE-RSA-WITH-AES-256-GCM-SHA384", "ECDHE-RSA-AES256-GCM-SHA384"],
  ["TLS-ECDHE-ECDSA-WITH-AES-256-CBC-SHA384", "ECDHE-ECDSA-AES256-SHA384"],
  ["TLS-ECDHE-RSA-WITH-AES-256-CBC-SHA384", "ECDHE-RSA-AES256-SHA384"],
  ["TLS-ECDHE-ECDSA-WITH-AES-256-CBC-SHA", "ECDHE-ECDSA-AES256-SHA"],
  ["TLS-ECDHE-RSA-WITH-AES-256-CBC-SHA", "ECDHE-RSA-AES256-SHA"],
  ["TLS-ECDHE-ECDSA-WITH-AES-128-GCM-SHA256", "ECDHE-ECDSA-AES128-GCM-SHA256"],
  ["TLS-ECDHE-RSA-WITH-AES-128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256"],
  ["TLS-ECDHE-ECDSA-WITH-AES-128-CBC-SHA256", "ECDHE-ECDSA-AES128-SHA256"],
  ["TLS-ECDHE-RSA-WITH-AES-128-CBC-SHA256", "ECDHE-RSA-AES128-SHA256"],
  ["TLS-ECDHE-ECDSA-WITH-AES-128-CBC-SHA", "ECDHE-ECDSA-AES128-SHA"],
  ["TLS-ECDHE-RSA-WITH-AES-128-CBC-SHA", "ECDHE-RSA-AES128-SHA"],
  ["TLS-RSA-WITH-AES-256-GCM-SHA384", "AES256-GCM-SHA384"],
  ["TLS-RSA-WITH-AES-256-CBC-SHA256", "AES256-SHA256"],
  ["TLS-RSA-WITH-AES-256-CBC-SHA", "AES256-SHA"],
  ["TLS-RSA-WITH-AES-128-GCM-SHA256", "AES128-GCM-SHA256"],
  ["TLS-RSA-WITH-AES-128-CBC-SHA256", "AES128-SHA256"],
  ["TLS-RSA-WITH-AES-128-CBC-SHA", "AES128-SHA"],
  ["TLS-PSK-WITH-AES-256-GCM-SHA384", "PSK-AES256-GCM-SHA384"],
  ["TLS-PSK-WITH-AES-256-CBC-SHA384", "PSK-AES256-CBC-SHA384"],
  ["TLS-PSK-WITH-AES-256-CBC-SHA", "PSK-AES256-CBC-SHA"],
  ["TLS-PSK-WITH-AES-128-GCM-SHA256", "PSK-AES128-GCM-SHA256"],
  ["TLS-PSK-WITH-AES-128-CBC-SHA256", "PSK-AES128-CBC-SHA256"],
  ["TLS-PSK-WITH-AES-128-CBC-SHA", "PSK-AES128-CBC-SHA"],
];

export const cipherSuites: readonly string[] = suites.map(([name]) => name);

/** Whether a suite authenticates with a pre-shared key. */
export function usesPsk(name: string): boolean {
  return name.startsWith("TLS-PSK-");
}

/** Its name in OpenSSL, undefined for an unknown one. */
export function opensslName(suite: string): string | undefined {
  return suites.find(([name]) => name === suite)?.[1];
}

/** The name for one of OpenSSL. */
export function suiteName(openssl: string): string | undefined {
  return suites.find(([, name]) => name === openssl)?.[0];
}
