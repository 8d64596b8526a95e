# shellcheck shell=bash disable=SC2154
# The steps of compile. They run in the app's folder and know: cache.

# The word after a directive of go.mod, be it Go's own or a comment as Heroku reads it.
directive() { sed -nE "s|^$1[[:space:]]+([^[:space:]]+).*|\1|p" go.mod | head -n 1; }

# Whether version $1 is $2 or newer.
covers() { [[ $(printf '%s\n' "$1" "$2" | sort -V | tail -n 1) == "$1" ]]; }

# Go's newer releases are modules of Go's own module proxy, checked as any module is.
choose_version() {
  local wanted version debian
  debian=$(go env GOVERSION)
  wanted=${GOVERSION:-$(directive '// \+heroku goVersion')}
  wanted=${wanted:-$(directive toolchain)}
  wanted=${wanted:-$(directive go)}
  wanted=${wanted#go}
  [[ ${wanted:=1.16} =~ ^[0-9]+(\.[0-9]+)+([a-z]+[0-9]+)?$ ]] || fail "'$wanted' is not a version of Go; write one such as 1.22.5 in go.mod"
  if covers "${debian#go}" "$wanted"; then
    detail "$debian"
    return
  fi
  version=$(newest "$wanted")
  [[ -n $version ]] || fail "go.mod asks for Go $wanted: Debian has $debian, and the module proxy lists no such release" \
    "GOPROXY names another proxy; a lower 'go' line in go.mod takes Debian's"
  fetch_release "$version"
  detail "$(go version | cut -d ' ' -f 3) (asked for: $wanted)"
}

# Release $1, or the newest of its line: 1.22 is 1.22.x.
newest() {
  if [[ $1 == *.*.* || $1 == *rc* || $1 == *beta* ]]; then
    echo "$1"
  else
    (cd "$TMPDIR" && go list -m -retracted -versions -f '{{join .Versions "\n"}}' golang.org/toolchain 2>/dev/null || true) |
      sed -nE "s|^v0\.0\.1-go(${1//./\\.}(\.[0-9]+)?)\.linux-$(go env GOARCH)\$|\1|p" | sort -V | tail -n 1
  fi
}

fetch_release() {
  local release=$cache/release root
  if [[ ! -d $release/$1 ]]; then
    rm -rf "$release" && mkdir -p "$release"
    root=$(cd "$TMPDIR" && GOMODCACHE=$TMPDIR/release go mod download -json "golang.org/toolchain@v0.0.1-go$1.linux-$(go env GOARCH)" 2>&1) ||
      fail "Go $1 cannot be fetched from the module proxy:" "$(jq -r '.Error // empty' <<<"$root" 2>/dev/null || echo "$root")"
    mv "$(jq -r .Dir <<<"$root")" "$release/$1"
    # Modules hold no exec bits.
    chmod -R u+w "$release/$1"
    find "$release/$1/bin" "$release/$1/pkg/tool" -type f -exec chmod +x {} +
  fi
  export PATH=$release/$1/bin:$PATH
}

# The main packages that are the app: those asked for, or else the root and cmd/, or else every one.
find_programs() {
  local spec=${GO_INSTALL_PACKAGE_SPEC:-$(sed -nE 's|^// \+heroku install[[:space:]]+||p' go.mod)}
  programs=()
  if [[ -n $spec ]]; then
    # shellcheck disable=SC2086
    add_mains $spec
  else
    add_mains .
    [[ ! -d cmd ]] || add_mains ./cmd/...
    ((${#programs[@]})) || add_mains ./...
  fi
  ((${#programs[@]})) || fail "no main package in ${spec:-this module}; a program has 'package main', in the root or in a folder such as cmd/NAME"
}

# A package that cannot be read is left to go build, which says why.
add_mains() {
  local found
  mapfile -t found < <(go list -e -find -f '{{if eq .Name "main"}}{{.ImportPath}}{{end}}' "$@" 2>/dev/null | sed '/^$/d')
  programs+=("${found[@]}")
}

# One program is the process web; several are each their own, the root's is web.
list_processes() {
  local program target
  printf -- '---\ndefault_process_types:\n'
  for program in "${programs[@]}"; do
    target=$(basename "$(go list -f '{{.Target}}' "$program")")
    if [[ ${#programs[@]} == 1 || $program == "$(go list -m)" ]]; then
      echo "  web: bin/$target"
    else
      echo "  ${target//[^A-Za-z0-9_-]/-}: bin/$target"
    fi
  done
}
