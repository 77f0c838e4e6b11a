#!/usr/bin/env bash
# Makes the keys and certificates of the TLS tests with openssl. They are valid from 2020 to 2120
# (expired: until 2021; early: from 2119 on), and for these tests alone.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

ec() { openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key.pem"; }
rsa() { openssl genpkey -quiet -algorithm RSA -pkeyopt "rsa_keygen_bits:$2" -out "$1.key.pem"; }

# NAME SUBJECT ISSUER EXTENSIONS [FROM UNTIL [HASH]]: signed by ISSUER, which may be NAME itself.
certificate() {
  local name=$1 subject=$2 issuer=$3 extensions=$4 from=${5:-2020} until=${6:-2120} hash=${7:-sha256}
  : >"$work/index"
  printf "[ca]\ndefault_ca=this\n[this]\ndatabase=%s/index\nnew_certs_dir=%s\nrand_serial=yes\n%s" \
    "$work" "$work" "default_md=$hash
policy=any
unique_subject=no
[any]
commonName=supplied
[extensions]
$extensions" >"$work/config"
  openssl req -new -key "$name.key.pem" -subj "/CN=$subject" -out "$work/request"
  local signer=(-cert "$issuer.pem" -keyfile "$issuer.key.pem")
  if [ "$issuer" = "$name" ]; then signer=(-selfsign -keyfile "$name.key.pem"); fi
  openssl ca -batch -notext -config "$work/config" -extensions extensions "${signer[@]}" \
    -startdate "${from}0101000000Z" -enddate "${until}0101000000Z" \
    -in "$work/request" -out "$name.pem" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
}

ec authority
certificate authority "mpy2ts test authority" authority "basicConstraints=critical,CA:TRUE"
ec intermediate
certificate intermediate "mpy2ts intermediate" authority "basicConstraints=critical,CA:TRUE"

ec server
names="subjectAltName=DNS:server.test,DNS:localhost,DNS:*.wild.test,IP:127.0.0.1"
certificate server "server.test" authority "$names"
ec deep
certificate deep "deep.test" intermediate "subjectAltName=DNS:deep.test"
ec client
certificate client "client.test" authority "extendedKeyUsage=clientAuth"
ec expired
certificate expired "server.test" authority "subjectAltName=DNS:server.test" 2020 2021
ec early
certificate early "server.test" authority "subjectAltName=DNS:server.test" 2119 2120
# Signed by themselves; their names are in the subject alone.
ec alone
certificate alone "alone.test" alone "basicConstraints=CA:TRUE"
rsa rsa 2048
certificate rsa "rsa.test" rsa "basicConstraints=CA:TRUE"
# Shorter than MicroPython takes from a peer.
rsa short 1024
certificate short "short.test" short "basicConstraints=CA:TRUE"

# What their extensions or signatures speak against.
rsa decipher 2048
certificate decipher "server.test" authority "keyUsage=keyEncipherment"
ec misused
certificate misused "server.test" authority "keyUsage=keyEncipherment"
ec strange
certificate strange "server.test" authority "1.2.3.4=critical,ASN1:UTF8String:strange"
ec weak
certificate weak "server.test" authority "basicConstraints=CA:FALSE" 2020 2120 sha1
ec narrow
certificate narrow "mpy2ts narrow authority" narrow "basicConstraints=critical,CA:TRUE,pathlen:0"
ec between
certificate between "mpy2ts between" narrow "basicConstraints=critical,CA:TRUE"
ec beyond
certificate beyond "beyond.test" between "basicConstraints=CA:FALSE"
ec mute
certificate mute "mpy2ts mute authority" mute "basicConstraints=critical,CA:TRUE
keyUsage=digitalSignature"
ec unheard
certificate unheard "unheard.test" mute "basicConstraints=CA:FALSE"

cat between.pem >>beyond.pem
cat intermediate.pem >>deep.pem
for name in server rsa; do
  openssl pkey -in "$name.key.pem" -outform DER -out "$name.key.der"
  openssl x509 -in "$name.pem" -outform DER -out "$name.der"
done
openssl x509 -in authority.pem -outform DER -out authority.der
