# shellcheck shell=bash disable=SC2154
# What is published, and how it starts. Runs in the app's folder and knows: work, sdk, restored, webs.

# Analyzers are for the developer's own checks: without them the same bytes come out in two thirds of the time.
publish() {
  local restore=(-p:RestoreLockedMode=true)
  [[ $restored == false ]] || restore=(--no-restore)
  dotnet publish "$2" --configuration Release --output "$PWD/publish/$1" --artifacts-path "$work/artifacts" --nologo -v:quiet -clp:NoSummary \
    -p:ContinuousIntegrationBuild=true -p:UseSharedCompilation=false -p:RunAnalyzers=false -p:NuGetAudit=false "${restore[@]}" \
    -p:ProvideCommandLineArgs=true -p:CustomAfterMicrosoftCommonTargets="$buildpack/lib/note.targets" -p:Compilation="$work/compilation" -p:CompiledProject="$2" 2>&1 | sed -u "s|$PWD/||g" | indent ||
    fail "$1 could not be published: see the compiler's words above"
  # The manifest of static assets names the times of files, which are not those in the droplet.
  local manifest
  for manifest in "publish/$1"/*.staticwebassets.endpoints.json; do
    sed -i -E 's/(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT/Tue, 01 Jan 1980 00:00:01 GMT/g' "$manifest"
  done
  keep_compilation "$1"
}

# The shared frameworks that the program asks for, of the image's own, so that the droplet needs no .NET of its host.
take_runtimes() {
  local config=("$1"/*.runtimeconfig.json) name version found
  ((${#config[@]})) || return 0
  while read -r name version; do
    found=$(cd "$sdk/shared/$name" 2>/dev/null && printf '%s\n' "${version%.*}".* | sort -V | tail -n 1) || true
    [[ -n $found ]] || fail "'$1' asks for $name $version; the stack has $(cd "$sdk/shared/$name" 2>/dev/null && echo *)" \
      "set <TargetFramework> to what the stack has, or publish the project self-contained: <SelfContained>true</SelfContained>"
    mkdir -p ".dotnet/shared/$name"
    [[ -d .dotnet/shared/$name/$found ]] || { detail "$name $found"; cp -a "$sdk/shared/$name/$found" ".dotnet/shared/$name/"; }
    [[ -d .dotnet/host ]] || cp -a "$sdk/dotnet" "$sdk/host" .dotnet/
  done < <(jq -r '.runtimeOptions | (.frameworks // [.framework // empty])[] | "\(.name) \(.version)"' "${config[@]}")
}

# One web project is the process web; what else there is goes by its project's name.
add_process() {
  local type command="./$1"
  type=$(tr '[:upper:]' '[:lower:]' <<<"$1" | tr -c 'a-z0-9_\n-' '-')
  [[ $2 != web || $webs != 1 ]] || type=web
  [[ -x publish/$1/$1 ]] || command="dotnet $1.dll"
  grep -q default_process_types .dotnet/processes || echo "default_process_types:" >>.dotnet/processes
  echo "  $type: cd publish/$1 && exec $command" >>.dotnet/processes
}
