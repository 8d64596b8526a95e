# shellcheck shell=bash
export DOTNET_ROOT="$HOME/.dotnet"
export PATH="$DOTNET_ROOT:$PATH"
if [ -n "${PORT:-}" ]; then
  export ASPNETCORE_URLS="${ASPNETCORE_URLS:-http://0.0.0.0:$PORT}"
fi
