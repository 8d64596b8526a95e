# shellcheck shell=bash disable=SC2154
# Packages that the machine has already come from its own store, where the service offers that; the rest from the source.

# The user's settings have the least say: a NuGet.config of the app goes before, and its nuget.org is the one it names.
use_mirror() {
  local address=${SLUG_NUGET_MIRROR:-}
  [[ -n $address ]] || return 0
  address=${address#http://}
  address=${address%/}
  # A build that is looked at later has no builder to ask.
  (exec 3<>"/dev/tcp/${address/://}") 2>/dev/null || return 0
  mkdir -p "$HOME/.nuget/NuGet"
  cat >"$HOME/.nuget/NuGet/NuGet.Config" <<END
<configuration>
  <packageSources>
    <add key="nuget.org" value="${SLUG_NUGET_MIRROR}v3/index.json" protocolVersion="3" allowInsecureConnections="true" />
  </packageSources>
</configuration>
END
}
