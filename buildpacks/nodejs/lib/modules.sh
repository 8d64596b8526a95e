# shellcheck shell=bash disable=SC2154
# What the package manager leaves in the app, and when it need not run for it.

# What a manager writes into the app: node_modules of the root and of each workspace, and Yarn's Plug'n'Play.
installed() {
  find . -path ./.node -prune -o -name node_modules -prune -print0
  find . -maxdepth 2 \( -path './.pnp.*' -o -path ./.yarn/cache -o -path ./.yarn/unplugged -o -path ./.yarn/install-state.gz \) -print0
}

manifests() { find . \( -name node_modules -o -name .node -o -name .yarn \) -prune -o -name package.json -print0 | LC_ALL=C sort -z; }

# Everything that decides what is installed. Scripts of the app's own do not: with those of installing, nothing is kept.
modules_key() {
  {
    cat "$buildpack"/bin/compile "$buildpack"/lib/*
    echo "$node_version $npm_version $manager $manager_version $1"
    (cd "$env_dir" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0r sha256sum)
    manifests | xargs -0 jq -S 'input_filename, del(.scripts)'
    find . \( -name node_modules -o -name .node \) -prune -o -type f \( -name "$lockfile" -o -name .npmrc -o -name '.yarnrc*' -o -name pnpm-workspace.yaml -o -name '.pnpmfile.*' \
      -o -path './.yarn/plugins/*' -o -path './.yarn/releases/*' \) -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
  } | sha256sum | cut -d ' ' -f 1
}

# Why the lockfile alone does not decide what is installed; nothing if it does.
undecided() {
  local copied='any(.dependencies, .devDependencies, .optionalDependencies; any(.[]?; type == "string" and test("^(file|portal):")))'
  # npm links folders; a packed file has its integrity in the lockfile.
  [[ $manager != npm ]] || copied=false
  if [[ -z $lockfile ]]; then
    echo "there is no lockfile"
  elif [[ -n $(find . -path ./.node -prune -o -name node_modules -print -quit) ]]; then
    echo "the app brings node_modules of its own"
  elif ! manifests | xargs -0 jq -es 'any(.[].scripts // {} | keys[]; IN("preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare")) | not' >/dev/null; then
    echo "package.json has scripts that run while installing"
  elif [[ $manager == npm ]] && ! jq -e '.packages and (any(.packages[]; (.resolved // "" | startswith("file:")) and (.integrity | not) and (.link | not)) | not)' "$lockfile" >/dev/null; then
    echo "$lockfile names folders that are copied, or is of an old form"
  elif manifests | xargs -0 jq -es "any(.[]; $copied)" >/dev/null; then
    echo "folders of the app are dependencies"
  elif grep -E '(^patchedDependencies:|@patch:)' "$lockfile" | grep -qv 'builtin<'; then
    echo "packages are patched"
  fi
}

# $1: all, or production where nothing is built with devDependencies. A build script needs them, pruning comes after.
install_modules() {
  local key kept why
  why=$(undecided)
  key=$(modules_key "$1")
  kept=$cache/modules/$key
  if [[ -z $why && -d $kept ]]; then
    detail "from the cache: $lockfile is unchanged, $manager does not run"
    installed | xargs -0r rm -rf
    cp -a "$kept/." .
    return
  fi
  rm -rf "$cache/modules"
  "install_$manager" "$1"
  if [[ -z $why ]]; then
    mkdir -p "$kept"
    installed | xargs -0r cp -a --parents -t "$kept"
  else
    detail "not kept for the next build: $why"
  fi
}
