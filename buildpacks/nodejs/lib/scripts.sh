# shellcheck shell=bash disable=SC2154
# What package.json says beyond its dependencies.

has_script() { jq -e --arg name "$1" '.scripts[$name]' package.json >/dev/null; }

builds() { jq -e '.scripts["heroku-postbuild"] // .scripts.build' package.json >/dev/null; }

# Runs the app's script if there is one; a script that is missing is a false, one that fails the end.
run_script() {
  has_script "$1" || return 1
  detail "$manager run $1"
  "$manager" run "$1" 2>&1 | indent || fail "the script '$1' of package.json failed: see its words above"
}

has_dev_dependencies() {
  if [[ -z $lockfile ]]; then
    return 0
  elif [[ $manager == npm ]]; then
    jq -e 'if .packages then any(.packages[]; .dev or .devOptional) else true end' "$lockfile" >/dev/null
  else
    manifests | xargs -0 jq -es 'any(.[]; .devDependencies // {} | length > 0)' >/dev/null
  fi
}

# devDependencies are there for what the app runs while it is built. Where nothing runs they need not come.
scope_of_install() {
  if [[ $NODE_ENV == production && -z $(undecided) ]] && ! builds && has_dev_dependencies; then
    echo production
  else
    echo all
  fi
}
