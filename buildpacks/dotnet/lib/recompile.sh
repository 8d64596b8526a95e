# shellcheck shell=bash disable=SC2154
# Where nothing but C# sources changed, the compiler alone gives what a whole publish would: same arguments, same output.
# Runs in the app's folder and knows: kept, work, sdk, restored.

# Every file but the sources' contents.
surroundings() {
  {
    find . -printf '%y %m %p %l\n' | LC_ALL=C sort
    find . -type f ! -name '*.cs' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
  } | sha256sum | cut -d ' ' -f 1
}

recompile() {
  local from=$kept/compiled/$1 out part
  [[ $restored == true && -f $from/surroundings && $(<"$from/surroundings") == "$surroundings" ]] || return 1
  detail "from the cache: only C# sources changed, the compiler runs and MSBuild does not"
  mkdir -p publish "$work/artifacts"
  cp -a "$from/publish" "publish/$1"
  cp -a --remove-destination "$from/obj" "$work/artifacts/"
  (cd "$(dirname "$2")" && dotnet exec "$sdk/sdk/$sdk_version/Roslyn/bincore/csc.dll" /noconfig /nologo "@$from/arguments" 2>&1) | sed -u "s|$PWD/||g" | indent ||
    fail "$1 could not be compiled: see the compiler's words above"
  out=$(sed -nE "s|^/out:\"?([^\"]*)\"?\$|\\1|p" "$from/arguments")
  for part in "$out" "${out%.*}.pdb"; do
    [[ ! -f publish/$1/${part##*/} ]] || cp "$part" "publish/$1/"
  done
}

# Not where anything else has a hand in it: targets of the app's own or of a package.
keep_compilation() {
  local to=$kept/compiled/$1
  rm -rf "$to"
  [[ -f $work/compilation ]] || return 0
  ! project_files | xargs -0 grep -qE '<(Target|UsingTask|Exec|PdbFile|DebugType)[ >]|BuildEvent' || return 0
  ! grep -q '<Import ' "$work"/artifacts/obj/*/*.nuget.g.* /dev/null || return 0
  mkdir -p "$to"
  cp -a "publish/$1" "$to/publish"
  cp -a "$work/artifacts/obj" "$to/obj"
  # Not taken from a file of arguments.
  grep -vx /noconfig "$work/compilation" >"$to/arguments"
  rm "$work/compilation"
  echo "$surroundings" >"$to/surroundings"
}
