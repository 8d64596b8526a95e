# shellcheck shell=bash
# Alike in every buildpack: each is a folder that stands alone, so each has its copy.

step() { printf -- '-----> %s\n' "$*"; }
detail() { printf '       %s\n' "$*"; }
indent() { sed -u 's/^/       /'; }
fail() { printf ' !     %s\n' "$@"; exit 1; }

# Config vars are files in ENV_DIR; what would change the build's own footing stays out.
export_config_vars() {
  local file name
  for file in "$1"/*; do
    name=${file##*/}
    [[ -f $file && $name =~ ^[A-Za-z_][A-Za-z0-9_]*$ ]] || continue
    case $name in
      PATH | HOME | TMPDIR | LANG | STACK | BASH* | SHELLOPTS | IFS | EUID | UID | PPID | GIT_DIR | CPATH | CPPATH | *LIBRARY_PATH | LD_PRELOAD) ;;
      *) export "$name=$(<"$file")" ;;
    esac
  done
}
