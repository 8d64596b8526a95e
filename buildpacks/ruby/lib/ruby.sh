# shellcheck shell=bash disable=SC2154
# The steps of compile. They run in the app's folder and know: cache.

has_gem() { grep -qE "^    $1 \(" Gemfile.lock; }

# The Gemfile may ask for a Ruby; the one there is is the stack's.
check_version() {
  local words
  words=$(bundle platform 2>&1 | grep 'Ruby version is' | head -n 1) || true
  [[ $words != *"Gemfile specified"* ]] || fail "$words" "loosen it in the Gemfile, as in: ruby \">= $(ruby -e 'print RUBY_VERSION[/\d+\.\d+/]')\", and commit Gemfile.lock"
  detail "$(ruby --version | cut -d ' ' -f 1-2) and $(bundle --version | tr B b) of the stack"
}

# Gems of the cache that the lockfile does not name are cleaned out; what it names and is there is not fetched again.
install_gems() {
  local key
  bundle config set --local path vendor/bundle
  bundle config set --local deployment true
  bundle config set --local without "${BUNDLE_WITHOUT:-development:test}"
  bundle config set --local clean true
  key=$({ ruby --version; cat /var/lib/dpkg/status; } | sha256sum | cut -d ' ' -f 1)
  rm -rf vendor/bundle
  [[ ! -d $cache/gems/$key ]] || { detail "with the gems of the cache"; cp -a "$cache/gems/$key" vendor/bundle; }
  detail "bundle install (Gemfile.lock)"
  BUNDLE_JOBS=$(nproc) BUNDLE_RETRY=3 bundle install 2>&1 | indent || fail "bundle install failed: see its words above"
  tidy
  rm -rf "$cache/gems"
  [[ ! -d vendor/bundle ]] || { mkdir "$cache/gems"; cp -a vendor/bundle "$cache/gems/$key"; }
}

# What building left behind, and what would differ from build to build: logs of compilers, downloads.
tidy() {
  rm -rf vendor/bundle/ruby/*/cache
  [[ ! -d vendor/bundle ]] || find vendor/bundle \( -name gem_make.out -o -name mkmf.log -o -name '*.o' \) -delete
}

has_task() { bundle exec rake --prereqs 2>/dev/null | grep -qx "rake $1"; }

# Rails asks for a secret even where nothing is kept with it.
precompile_assets() {
  if ! bundle exec rake --prereqs >/dev/null 2>"$HOME/rake"; then
    detail "the Rakefile cannot be read, so assets are not precompiled:"
    indent <"$HOME/rake"
  elif has_task assets:precompile; then
    step "Precompiling assets"
    SECRET_KEY_BASE_DUMMY=1 SECRET_KEY_BASE=${SECRET_KEY_BASE:-dummy} DATABASE_URL=${DATABASE_URL:-sqlite3::memory:} \
      bundle exec rake assets:precompile 2>&1 | indent || fail "rake assets:precompile failed: see its words above"
    ! has_task assets:clean || bundle exec rake assets:clean 2>&1 | indent
  fi
}
