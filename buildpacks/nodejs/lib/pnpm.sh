# shellcheck shell=bash disable=SC2154
# pnpm. $1: all or production. Packages are copied out of its store: what a build changes of them is its own.

install_pnpm() {
  local production=()
  [[ -n $lockfile ]] || fail "packageManager is pnpm, and there is no pnpm-lock.yaml" "run 'pnpm install' and commit pnpm-lock.yaml"
  [[ $1 != production ]] || production=(--prod)
  manage pnpm install "${production[@]}" --frozen-lockfile --store-dir "$cache/pnpm" --package-import-method copy "${@:2}"
}

prune_pnpm() { install_pnpm production --ignore-scripts --prefer-offline; }

# pnpm notes when it ran and where its store was. It needs neither to run scripts, and a droplet names no time.
forget_the_time() {
  find . -path '*/node_modules/.modules.yaml' -exec grep -qE '"?(prunedAt|storeDir)"?:' {} \; -exec sed -i -E '/"?(prunedAt|storeDir)"?:/d' {} +
  rm -f node_modules/.pnpm-workspace-state*.json
}
