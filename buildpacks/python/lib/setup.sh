# shellcheck shell=bash disable=SC2034
# Sourced first by bin/compile and bin/dependencies, whose arguments are the same. Leaves the shell in the app's folder.
umask 022

buildpack=$(cd "$(dirname "$0")/.." && pwd)
for part in shell packages django; do
  # shellcheck source=/dev/null
  source "$buildpack/lib/$part.sh"
done

cache=$2/python
mkdir -p "$cache"
cd "$1"
export_config_vars "$3"
export PIP_CACHE_DIR=$cache/pip PIP_NO_INPUT=1 PIP_DISABLE_PIP_VERSION_CHECK=1
# What would differ from build to build: the order of sets in byte code, temporary paths in debug information.
export PYTHONHASHSEED=0 CFLAGS="-g0 ${CFLAGS:-}"
