# shellcheck shell=bash disable=SC2034,SC2154
# Which projects there are. Runs in the app's folder and knows: buildpack, work, sdk.

installed_sdks() { (cd / && dotnet --list-sdks) | cut -d ' ' -f 1 | paste -sd ' '; }

choose_sdk() {
  local asked
  sdk_version=$(dotnet --version 2>/dev/null) && return
  jq -e . <(sed 's|^[[:space:]]*//.*||' global.json) >/dev/null 2>&1 || fail "global.json is not valid JSON; mend it and push again"
  asked=$(sed 's|^[[:space:]]*//.*||' global.json | jq -r '.sdk | "\(.version // "any version")\(if .rollForward then " (rollForward: \(.rollForward))" else "" end)"')
  fail "global.json asks for the .NET SDK $asked; the stack has $(installed_sdks)" "ask for one of its feature bands, or add \"rollForward\": \"latestMajor\" to sdk in global.json"
}

# The projects of the solution in the root, or those in the root itself.
list_candidates() {
  local solutions=(*.sln *.slnx) projects=(*.??proj)
  if ((${#solutions[@]})); then
    grep -ohE '"[^"]+\.(cs|fs|vb)proj"' "${solutions[0]}" | sed -e 's|"||g' -e 's|\\|/|g'
  else
    printf '%s\n' "${projects[@]}"
  fi
}

# executables: a line "name <tab> web|console <tab> project" for each that is neither a library nor a test.
find_executables() {
  local described
  described=$(cd "$buildpack/lib" && Root=$OLDPWD Candidates=$candidates dotnet msbuild projects.proj -nologo -getTargetResult:Describe 2>&1) ||
    { { grep -E ': (error|fatal)' <<<"$described" || cat <<<"$described"; } | sed "s|$PWD/||g" | indent; fail "the projects cannot be read: see MSBuild's words above"; }
  executables=$(jq -r '.TargetResults.Describe.Items as $all | ($all | map(select(.Kind == "web").Uses | split(";")[]) ) as $parts
    | $all[] | select(.Kind == "web" or (.FullPath as $path | $parts | index($path) | not)) | [.Name, .Kind, .FullPath] | @tsv' <<<"$described")
}
