# To be sourced: need COMMAND PACKAGE... installs Debian packages when a command (or a file, with its path) is absent.
need() {
  local wanted="$1"
  shift
  if [ -e "$wanted" ] || PATH="$PATH:/usr/sbin" command -v "$wanted" >/dev/null 2>&1; then
    return 0
  fi

  local become=()
  [ "$(id -u)" -eq 0 ] || become=(sudo)
  "${become[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${become[@]}" apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}
