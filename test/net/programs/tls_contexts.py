# What contexts of TLS are told and tell before anybody connects.
import ssl
import tls

print(tls.PROTOCOL_TLS_CLIENT, tls.PROTOCOL_TLS_SERVER, tls.PROTOCOL_DTLS_CLIENT, tls.PROTOCOL_DTLS_SERVER)
print(tls.CERT_NONE, tls.CERT_OPTIONAL, tls.CERT_REQUIRED, tls.MBEDTLS_VERSION.split()[:2])
print(ssl.PROTOCOL_TLS_CLIENT, ssl.CERT_REQUIRED, ssl.MBEDTLS_VERSION == tls.MBEDTLS_VERSION)
for make in (tls.SSLContext, ssl.SSLContext):
    context = make(tls.PROTOCOL_TLS_CLIENT)
    print(context.verify_mode, hasattr(context, "get_ciphers"), hasattr(context, "set_ciphers"))
    context.verify_mode = tls.CERT_NONE
    print(context.verify_mode)
    if make is ssl.SSLContext:
        continue
    print(context.get_ciphers()[0], len(context.get_ciphers()))
    print(context.set_ciphers(["TLS-RSA-WITH-AES-128-CBC-SHA"]), context.set_ciphers(context.get_ciphers()))
    for wrong in ([], ["nope"], 5, (3,)):
        try:
            print(context.set_ciphers(wrong))
        except (OSError, TypeError) as error:
            print(type(error).__name__, error)
for call in (
    lambda: tls.SSLContext(9),
    lambda: tls.SSLContext("x"),
    lambda: tls.SSLContext(),
    lambda: context.load_cert_chain(b"no certificate", b"no key"),
    lambda: context.load_verify_locations(b"nothing"),
    lambda: context.load_verify_locations(5),
    lambda: context.wrap_socket(5),
):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
