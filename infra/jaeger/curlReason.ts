/**
 * A function of POSIX sh for scripts that ask with curl: why there was no answer. It takes what was asked from `$name`, curl's exit
 * code from `$code` and its words from `$answer`, and leaves a sentence in `$reason`.
 */
export const curlReason = String.raw`
unreachable() {
  said=$(printf '%s' "$answer" | sed -n 's/ after [0-9]* ms//; s/^curl: ([0-9]*) //p' | head -n 1)
  case $code:$said in
    6:*) reason="the host of $name is not known to the cluster's DNS" ;;
    7:* | 28:*) reason="$name does not answer ($said)" ;;
    60:*expired*) reason="the certificate of $name has expired" ;;
    60:*) reason="the certificate of $name is not trusted ($said)" ;;
    77:*) reason="the CA certificates for $name cannot be read ($said)" ;;
    *) reason="no connection to $name ($said)" ;;
  esac
}
`.trim();
