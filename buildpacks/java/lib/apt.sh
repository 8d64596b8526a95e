# shellcheck shell=bash
# Alike in every buildpack that brings Debian's packages: fetched and unpacked by a user who is not root.

# The packages of the run image: what a droplet finds there it need not bring.
run_image_packages=/var/lib/dpkg/status-run
apt=${TMPDIR:-/tmp}/apt

# apt-get with folders of its own, sources and keys as the stack has them; $1 lists what counts as installed.
apt_get() {
  local installed=$1
  shift
  apt-get -qq -o Dir::Etc="$apt/etc" -o Dir::State="$apt" -o Dir::State::status="$installed" -o Dir::Cache="$apt" -o Debug::NoLocking=1 \
    -o Acquire::Languages=none -o Acquire::Retries=3 -o Acquire::https::CAInfo="${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" \
    -o APT::Install-Recommends=0 "$@"
}

# Archives that the service hands out: by the sha256 of the signed index, and no others. Whatever it has not, apt fetches itself.
from_store() {
  local installed=$1 url file hash
  shift
  [[ -n ${SLUG_APT_MIRROR:-} ]] || return 0
  mkdir -p "$apt/shared"
  # Silent or not, curl draws its progress where it fetches several at once.
  apt_get "$installed" -o Acquire::ForceHash=SHA256 --print-uris install "$@" 2>/dev/null | tr -d "'" |
    while read -r url file _ hash; do
      echo "${hash#*:}  $file" >&3
      printf 'url = "%s"\noutput = "%s"\n' "$SLUG_APT_MIRROR${hash#*:}/$url" "$apt/shared/$file"
    done 3>"$apt/shared/sums" |
    curl --config - --fail --silent --globoff --noproxy '*' --parallel --parallel-max 8 --max-time 120 2>/dev/null || true
  (
    cd "$apt/shared"
    { sha256sum --check sums 2>/dev/null || true; } | sed -n 's/: OK$//p' | xargs -r mv -t "$apt/archives"
  )
}

# unpack FOLDER INSTALLED PACKAGE...: the packages, and what they need beyond those that are installed. Their install scripts do not run.
unpack() {
  local folder=$1 installed=$2 link
  shift 2
  mkdir -p "$folder" "$apt/lists/partial" "$apt/archives/partial"
  [[ -d $apt/etc ]] || cp -r /etc/apt "$apt/etc"
  # Once in a build.
  if [[ ! -f $apt/updated ]]; then
    apt_get "$installed" update 2>&1 | indent || fail "the archive cannot be read: see apt's words above" "push again, or ask the operator whether builds reach it"
    touch "$apt/updated"
  fi
  rm -f "$apt"/archives/*.deb
  from_store "$installed" "$@"
  apt_get "$installed" install --yes --download-only "$@" 2>&1 | indent || fail "packages cannot be fetched: $*" "see apt's words above"
  # The droplet's bill of materials names what is listed here.
  mkdir -p "$folder/var/lib/dpkg/status.d"
  # A package that was given as a file is left where it is.
  { find "$apt/archives" -maxdepth 1 -name '*.deb' -print0; printf '%s\0' "$@" | grep -z '^/' || true; } |
    xargs -0r -n 1 -P "$(nproc)" sh -c 'dpkg-deb --extract "$1" "$0" && dpkg-deb --field "$1" Package Version Architecture >"$0/var/lib/dpkg/status.d/$(dpkg-deb --field "$1" Package)"' "$folder"
  rm -rf "$folder"/usr/share/{man,info,lintian}
  [[ ! -d $folder/usr/share/doc ]] || find "$folder/usr/share/doc" -type f -not -name copyright -delete
  # A link to a place of the system means that place in the folder, where there is one.
  find "$folder" -type l -lname '/*' -print0 | while IFS= read -r -d '' link; do
    [[ ! -e $folder$(readlink "$link") ]] || ln -sfnr "$folder$(readlink "$link")" "$link"
  done
}

# toolchain FOLDER PACKAGE...: tools for the build alone, kept in the cache for as long as the stack is the same.
toolchain() {
  local folder=$1 key
  shift
  key=$({ echo "$*"; cat /var/lib/dpkg/status; } | sha256sum | cut -d ' ' -f 1)
  if [[ -f $folder/.complete && $(<"$folder/.complete") == "$key" ]]; then
    detail "$* from the cache"
  else
    detail "$* of Debian"
    rm -rf "$folder"
    unpack "$folder" /var/lib/dpkg/status "$@"
    echo "$key" >"$folder/.complete"
  fi
}
