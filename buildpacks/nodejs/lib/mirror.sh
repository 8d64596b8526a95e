# shellcheck shell=bash disable=SC2154
# Packages that the machine has already come from its own store, where the service offers that; the rest from the registry.

# Not for an app with a registry or credentials of its own: those are meant for the registry itself.
use_mirror() {
  local address=${SLUG_NPM_MIRROR:-}
  [[ -n $address ]] || return 0
  ! grep -qsiE 'registry|_auth|_password' .npmrc || return 0
  ! compgen -e | grep -qiE '^npm_config_(registry|userconfig|globalconfig|.*_auth)' || return 0
  # A build that is looked at later has no builder to ask.
  address=${address#http://}
  address=${address%/}
  (exec 3<>"/dev/tcp/${address/://}") 2>/dev/null || return 0
  # The settings with the least say: what the app and its config vars name goes before.
  export npm_config_globalconfig=${TMPDIR:-/tmp}/npmrc
  echo "registry=$SLUG_NPM_MIRROR" >"$npm_config_globalconfig"
}

# Yarn and pnpm would write the address into what they install.
leave_mirror() { [[ $manager == npm ]] || unset npm_config_globalconfig; }
