# shellcheck shell=bash disable=SC2154
# How npm, Yarn and pnpm install exactly what the lockfile says. $1: all or production.

# Runs a program of the package manager without NODE_ENV: which dependencies is said by its options.
manage() {
  detail "${*:1:3}${lockfile:+ ($lockfile)}"
  env -u NODE_ENV "$@" 2>&1 | indent || fail "$1 $2 failed: see its words above"
}

install_npm() {
  if [[ -z $lockfile ]]; then
    detail "no package-lock.json: commit one, and every build gets the same versions"
    manage npm install --no-package-lock
  elif [[ $1 == production ]]; then
    manage npm ci --omit=dev
  else
    manage npm ci
  fi
}
prune_npm() { manage npm prune --omit=dev; }
