# shellcheck shell=bash disable=SC2154
# Yarn, the classic one (1.x) and berry (since 2). $1: all or production.

is_classic() { [[ $manager_version == [01].* ]]; }

uses_node_modules() { [[ ${YARN_NODE_LINKER:-$(sed -nE 's/^nodeLinker: *"?([a-z-]+)"?.*/\1/p' .yarnrc.yml 2>/dev/null)} == @(node-modules|pnpm) ]]; }

# With Plug'n'Play the app runs out of packed packages: they belong into the droplet, otherwise into the cache.
prepare_yarn() {
  export YARN_CACHE_FOLDER=$cache/yarn YARN_ENABLE_TELEMETRY=0 YARN_ENABLE_PROGRESS_BARS=0
  is_classic && return
  unset YARN_CACHE_FOLDER
  export YARN_GLOBAL_FOLDER=$cache/yarn YARN_ENABLE_GLOBAL_CACHE=false
  [[ -z ${npm_config_cafile:-} ]] || export YARN_HTTPS_CA_FILE_PATH=$npm_config_cafile
  ! uses_node_modules || export YARN_ENABLE_GLOBAL_CACHE=true
}

install_yarn() {
  [[ -n $lockfile ]] || fail "packageManager is yarn, and there is no yarn.lock" "run 'yarn install' and commit yarn.lock"
  if is_classic; then
    # shellcheck disable=SC2046
    manage yarn install --frozen-lockfile --non-interactive --no-progress $([[ $1 != production ]] || echo --production)
  elif [[ $1 == production ]]; then
    prune_yarn
  else
    manage yarn install --immutable
  fi
}

prune_yarn() {
  if is_classic; then
    manage yarn install --frozen-lockfile --non-interactive --no-progress --production --ignore-scripts --prefer-offline
  else
    manage yarn workspaces focus --all --production
  fi
}
