# shellcheck shell=bash disable=SC2154
# The steps of compile. They run in the app's folder and know: cache, buildpack.

# Debian's packages: those that apps take for granted, and one for each extension that composer.json requires.
choose_packages() {
  local extension
  # The small one in place of the systemd that php-fpm would bring.
  packages=(systemd-standalone-tmpfiles php-cli php-fpm php-curl php-intl php-mbstring php-mysql php-pgsql php-sqlite3 php-xml php-zip)
  [[ -f composer.json ]] || return 0
  while IFS= read -r extension; do
    case $extension in
      ctype | date | exif | ffi | fileinfo | filter | ftp | gettext | hash | iconv | json | libxml | opcache | openssl | pcntl | pcre | pdo | phar | posix | readline | reflection | session | shmop | sockets | sodium | spl | standard | sysv* | tokenizer | zlib) ;;
      dom | simplexml | xmlreader | xmlwriter | xsl | mysqli | mysqlnd | pdo_mysql | pdo_pgsql | pdo_sqlite) ;;
      *) packages+=("php-${extension//_/-}") ;;
    esac
  done < <(jq -r '.require // {} | keys[] | select(startswith("ext-")) | .[4:] | ascii_downcase' composer.json)
}

# The droplet gets the programs, extensions and libraries; nothing of it depends on where else packages put things.
install_php() {
  local key all=${TMPDIR:-/tmp}/php file
  key=$({ echo "${packages[*]}"; cat "$run_image_packages" "$buildpack"/lib/*; } | sha256sum | cut -d ' ' -f 1)
  rm -rf .php
  if [[ -d $cache/runtime/$key ]]; then
    detail "from the cache"
    cp -a "$cache/runtime/$key" .php
    return
  fi
  unpack "$all" "$run_image_packages" "${packages[@]}"
  mkdir -p .php/bin .php/lib .php/ini .php/extensions
  cp -a "$all"/usr/bin/php?.? .php/bin/php
  cp -a "$all"/usr/sbin/php-fpm?.? .php/bin/php-fpm
  cp -a "$all"/usr/lib/php/20*/*.so .php/extensions
  find "$all" -path '*/lib/*-linux-gnu/*.so.*' -exec cp -a {} .php/lib \;
  # Which packages they are of, for the bill of materials.
  mkdir -p .php/var/lib/dpkg
  cp -a "$all"/var/lib/dpkg/status.d .php/var/lib/dpkg
  cp "$all"/usr/lib/php/?.?/php.ini-production .php/php.ini
  # Each extension's file says in which place it is loaded.
  for file in "$all"/usr/share/php*/*/*.ini; do
    cp "$file" ".php/ini/$(sed -n 's/^; priority=//p' "$file" | grep . || echo 20)-${file##*/}"
  done
  sed "s|@FOLDER@|$PWD/.php|" "$buildpack/lib/slug.ini" >.php/ini/00-slug.ini
  cp "$buildpack"/lib/{nginx.conf,php-fpm.conf} .php
  cp "$buildpack/lib/php-nginx" .php/bin
  chmod +x .php/bin/php-nginx
  ln -s php-nginx .php/bin/heroku-php-nginx
  rm -rf "$cache/runtime" "$all"
  mkdir "$cache/runtime"
  cp -a .php "$cache/runtime/$key"
}

install_dependencies() {
  export COMPOSER_CACHE_DIR=$cache/downloads COMPOSER_HOME=${TMPDIR:-/tmp}/composer COMPOSER_NO_INTERACTION=1 COMPOSER_MEMORY_LIMIT=-1
  export COMPOSER_MIRROR_PATH_REPOS=1
  # The loader's classes have a random name unless they are given one.
  mkdir -p "$COMPOSER_HOME"
  jq --null-input --arg suffix "$(sha256sum composer.json | cut -c 1-32)" '{config: {"autoloader-suffix": $suffix}}' >"$COMPOSER_HOME/config.json"
  [[ -f composer.lock ]] || detail "no composer.lock: commit one, and every build gets the same versions"
  detail "composer install --no-dev"
  php "$cache/composer/usr/bin/composer" install --no-dev --prefer-dist --optimize-autoloader --no-progress --no-ansi 2>&1 | indent ||
    fail "composer install failed: see its words above"
  # A script of composer.json by this name is the app's own build.
  if jq -e '.scripts.compile' composer.json >/dev/null; then
    step "Building"
    php "$cache/composer/usr/bin/composer" run-script --no-dev --no-ansi compile 2>&1 | indent || fail "the script 'compile' of composer.json failed: see its words above"
  fi
}
