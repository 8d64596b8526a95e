# shellcheck shell=bash disable=SC2034,SC2154
# Which package manager. Runs in the app's folder; sets manager, manager_version, manager_sum and lockfile.

# packageManager says which, or else the lockfile does; nothing at all is npm.
choose_manager() {
  local declared file found=() hash='^(npm|yarn|pnpm)@([0-9]+\.[0-9]+\.[0-9]+[0-9A-Za-z.-]*)(\+sha[0-9]+\.[0-9a-f]+)?$'
  declared=$(jq -r '.packageManager // "" | tostring' package.json)
  for file in npm-shrinkwrap.json package-lock.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb; do
    [[ ! -f $file ]] || found+=("$file")
  done
  if [[ -n $declared ]]; then
    [[ $declared =~ $hash ]] || fail "packageManager '$declared' is not npm, yarn or pnpm with a full version" "write one such as \"pnpm@10.34.8\" in package.json"
    manager=${BASH_REMATCH[1]} manager_version=${BASH_REMATCH[2]} manager_sum=${BASH_REMATCH[3]#+}
    lockfile=$(lockfiles_of "$manager" | head -n 1)
    [[ -n $lockfile || ${#found[@]} == 0 ]] || fail "packageManager is '$declared', but the lockfile is ${found[*]}" "install with $manager and commit its lockfile, or correct packageManager in package.json"
    reason=packageManager
  else
    lockfile=${found[0]:-} manager_sum=
    manager=$(manager_of "$lockfile")
    for file in "${found[@]}"; do
      [[ $(manager_of "$file") == "$manager" ]] || fail "there are two lockfiles, $lockfile and $file: which one is meant?" "remove one, or name the package manager: \"packageManager\": \"$manager@VERSION\" in package.json"
    done
    "default_$manager"
    manager_version=$chosen
    reason=${reason:-${lockfile:-no lockfile}}
  fi
  npm_version=$manager_version
  [[ $manager == npm ]] || { detail "$manager $manager_version ($reason)"; default_npm; npm_version=$chosen; }
  detail "npm $npm_version"
}

manager_of() {
  case $1 in
    yarn.lock) echo yarn ;;
    pnpm-lock.yaml) echo pnpm ;;
    bun.*) echo bun ;;
    *) echo npm ;;
  esac
}

lockfiles_of() {
  local file
  for file in "${found[@]}"; do
    [[ $(manager_of "$file") != "$1" ]] || echo "$file"
  done
}

default_bun() { fail "$lockfile: Bun is not among the package managers of this buildpack" "install with npm, yarn or pnpm and commit its lockfile"; }
default_npm() { choose npm npm "$(npm_for "$node_version")"; }

# The npm that knows this Node.js: the last release of the line it came with.
npm_for() {
  case ${1%%.*} in
    [0-9] | 1[0-3]) echo 6.14.18 ;;
    1[4-7]) echo 8.19.4 ;;
    18 | 19 | 2[0-3]) echo 10.9.9 ;;
    *) echo 11.21.2 ;;
  esac
}

# Only the release that writes a lockfile of this form leaves it as it is.
default_yarn() {
  local form
  form=$(sed -nE '/^__metadata:/,/^$/s/^  version: ([0-9]+).*/\1/p' yarn.lock)
  case $form in
    '') choose yarn yarn 1.22.22 '<2' ;;
    [4-7]) choose yarn @yarnpkg/cli-dist 3.8.7 '<4' ;;
    *) choose yarn @yarnpkg/cli-dist 4.18.1 '>=4' ;;
  esac
}

default_pnpm() {
  local form
  form=$(sed -nE "s/^lockfileVersion: '?([0-9.]+)'?.*/\1/p" pnpm-lock.yaml | head -n 1)
  case $form in
    5.*) choose pnpm pnpm 7.33.7 '<8' ;;
    6.*) choose pnpm pnpm 8.15.9 '<9' ;;
    9.*) choose pnpm pnpm 10.34.8 '>=9' ;;
    *) fail "pnpm-lock.yaml is of version '$form', which this buildpack does not know" "name the release that wrote it: \"packageManager\": \"pnpm@VERSION\" in package.json" ;;
  esac
}
