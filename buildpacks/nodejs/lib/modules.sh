# shellcheck shell=bash disable=SC2154
# Whether the lockfile and its like decide what is installed.

manifests() { find . \( -name node_modules -o -name .node -o -name .yarn \) -prune -o -name package.json -print0 | LC_ALL=C sort -z; }

# Why the files of dependencies.inputs alone do not decide what is installed; nothing if they do.
undecided() {
  local locks=(package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml) found=() file
  for file in "${locks[@]}"; do
    [[ ! -f $file ]] || found+=("$file")
  done
  if [[ ${#found[@]} == 0 ]]; then
    echo "there is no lockfile"
  elif [[ -n $(find . -path ./.node -prune -o \( -name node_modules -o -path './.pnp.*' \) -print -quit) ]]; then
    echo "the app brings packages of its own"
  elif has_script heroku-prebuild; then
    echo "heroku-prebuild runs before installing"
  elif ! manifests | xargs -0 jq -es 'any(.[].scripts // {} | keys[]; IN("preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare")) | not' >/dev/null; then
    echo "package.json has scripts that run while installing"
  elif manifests | xargs -0 jq -es 'any(.[]; any(.dependencies, .devDependencies, .optionalDependencies; any(.[]?; type == "string" and test("^(file|link|portal):"))))' >/dev/null; then
    echo "files of the app are dependencies"
  elif grep -qs 'offline-mirror' .yarnrc; then
    echo "packages come from a mirror in the app"
  elif grep -sE '(^patchedDependencies:|@patch:)' "${found[@]}" | grep -qv 'builtin<'; then
    echo "packages are patched"
  fi
}
