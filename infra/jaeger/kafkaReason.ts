/**
 * A function of bash for the script that waits for Kafka: why one of Kafka's tools has failed. It takes what was asked from `$name`
 * and the tool's words from the file `$answer`, and leaves a sentence in `$reason`.
 *
 * Words: Kafka 3.9 and the JDK's TLS. The first that fit are said: a refusal is followed by a time-out of its own.
 */
export const kafkaReason = String.raw`
says() { grep -qiE "$1" "$answer"; }

refused() {
  if says 'Invalid username or password|Authentication failed|invalid credentials'; then
    reason="$name refused the user name or password"
  elif says 'UnsupportedSaslMechanism|Client SASL mechanism'; then
    reason="$name does not take the mechanism $MECHANISM ($(sed -n 's/.*[Ee]nabled mechanisms are \(\[[^]]*\]\).*/it takes \1/p' "$answer" | head -n 1))"
  elif says 'IllegalSaslState|Unexpected handshake request|UnsupportedVersionException: .*Sasl'; then
    reason="$name asks for no log-in on this port, or for another kind than $MECHANISM"
  elif says 'PKIX|unable to find valid certification path|signature check failed'; then
    reason="the CA does not vouch for the certificate of $name"
  elif says 'No subject alternative|No name matching'; then
    reason="the certificate of $name is for another name"
  elif says 'CertificateExpired|NotAfter|NotYetValid'; then
    reason="the certificate of $name has expired or is not yet valid"
  elif says 'Unsupported or unrecognized SSL message'; then
    reason="$name speaks no TLS on this port"
  elif says 'OutOfMemoryError'; then
    reason="$name speaks something else than Kafka without TLS on this port, probably TLS"
  elif says 'PRIVATE KEY|Failed to load PEM|InvalidKeySpec|Invalid PEM'; then
    reason="the certificates for $name cannot be used; the client's private key must be in PKCS#8 form, without a password"
  elif says 'bad_certificate|certificate_required|certificate_unknown|unknown_ca|Received fatal alert|Tag mismatch'; then
    reason="$name refused the client certificate, or wants one"
  elif says 'AuthorizationException|Not authorized'; then
    reason="$name does not let the user do this ($(sed -n 's/.*\(Not authorized[^.]*\).*/\1/p' "$answer" | head -n 1))"
  elif says 'Timed out|TimeoutException|DisconnectException'; then
    reason="$name answers no request in time: TLS may be spoken on this port where none is set, or none where it is; or its brokers call themselves by addresses that cannot be reached from here"
  else
    reason="$name: $(grep -v '^[[:space:]]*at \|^[[:space:]]*$' "$answer" | head -n 1 | cut -c -160)"
  fi
}
`.trim();
