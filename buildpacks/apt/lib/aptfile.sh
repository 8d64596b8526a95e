# shellcheck shell=bash disable=SC2034,SC2154
# The steps of compile. They run in the app's folder.

# The Aptfile's lines: packages as apt-get names them, .deb files of the app, addresses of .deb files, further archives.
read_aptfile() {
  local line
  packages=() files=()
  while IFS= read -r line || [[ -n $line ]]; do
    line=${line%%#*}
    line=$(xargs <<<"$line")
    case $line in
      '') ;;
      :repo:*) add_archive "${line#:repo:}" ;;
      http://*.deb | https://*.deb) add_download "$line" ;;
      *.deb)
        [[ -f $line ]] || fail "Aptfile: '$line' is no file of the app; name a package, a .deb file or its address"
        add_file "$PWD/${line#./}"
        ;;
      *)
        # shellcheck disable=SC2086
        for line in $line; do
          [[ $line =~ ^[a-z0-9][a-z0-9+.-]+(:[a-z0-9-]+)?([=/][A-Za-z0-9.+:~*-]+)?$ ]] || fail "Aptfile: '$line' is not a package's name" "each line names packages (curl, libpq5=15.*), a .deb file or its address, or an archive (:repo:deb …)"
          packages+=("$line")
        done
        ;;
    esac
  done <Aptfile
  ((${#packages[@]})) || fail "Aptfile names no package; write one on each line"
}

# apt takes a file by its path, and knows what it needs.
add_file() {
  files+=("$1")
  packages+=("$1")
}

add_download() {
  local file
  file=$apt/files/$(basename "$1")
  mkdir -p "$apt/files"
  curl --fail --silent --show-error --location --retry 3 --output "$file" "$1" 2>&1 | indent || fail "Aptfile: '$1' cannot be fetched; see curl's words above"
  add_file "$file"
}

# A line of sources.list(5), beside the stack's own archives. Its signature is checked unless it says [trusted=yes].
add_archive() {
  [[ $1 =~ ^deb[[:space:]] ]] || fail "Aptfile: ':repo:$1' is not an archive; write :repo:deb [options] URL suite components"
  mkdir -p "$apt"
  [[ -d $apt/etc ]] || cp -r /etc/apt "$apt/etc"
  echo "$1" >>"$apt/etc/sources.list"
}

# What holds its own place in text.
settle() {
  find "$1" -name '*.pc' -type f -exec sed -i -E "s#^([a-z_]+=)/usr#\1$PWD/$1/usr#" {} +
}

# What is in the run image already is not fetched.
list_fetched() {
  local file fetched=0
  for file in "$apt"/archives/*.deb "${files[@]}"; do
    [[ ! -f $file ]] || { detail "$(dpkg-deb --show --showformat '${Package} ${Version}' "$file")"; fetched=1; }
  done
  ((fetched)) || detail "nothing: the stack has them all"
}
