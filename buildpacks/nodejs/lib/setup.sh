# shellcheck shell=bash disable=SC2034,SC2154
# Sourced first by bin/compile and bin/dependencies, whose arguments are the same. Leaves the shell in the app's folder.
umask 022

buildpack=$(cd "$(dirname "$0")/.." && pwd)
for part in shell mirror scripts versions managers runtime modules npm yarn pnpm; do
  # shellcheck source=/dev/null
  source "$buildpack/lib/$part.sh"
done

cache=$2/nodejs
mkdir -p "$cache"
cd "$1"
export_config_vars "$3"
export NODE_ENV=${NODE_ENV:-production}
# No cache, log or notice of npm belongs into the droplet.
export npm_config_cache=$cache/npm npm_config_logs_max=0 npm_config_update_notifier=false npm_config_audit=false npm_config_fund=false

[[ -n ${SLUG_DEPENDENCIES:-} ]] || jq -e 'type == "object"' package.json >/dev/null 2>&1 || fail "package.json is not valid JSON; mend it and push again"

use_runtime() {
  export PATH=$PWD/.node/bin:$PWD/node_modules/.bin:$PATH
  [[ $manager != yarn ]] || prepare_yarn
}

# What is installed, and with what, is written down for compile: a range is answered once.
install_everything() {
  step "Installing Node.js"
  use_mirror
  choose_node
  choose_manager
  install_runtime .node
  leave_mirror
  use_runtime

  step "Installing dependencies"
  run_script heroku-prebuild || true
  scope=$(scope_of_install)
  "install_$manager" "$scope"
  forget_the_time
  printf '%s=%q\n' manager "$manager" manager_version "$manager_version" lockfile "$lockfile" scope "$scope" >.node/installed
}
