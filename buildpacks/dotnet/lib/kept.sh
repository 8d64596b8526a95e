# shellcheck shell=bash disable=SC2034,SC2154
# What a build leaves for the next one with the same project files: the list of executables, and what the restore found.
# Runs in the app's folder and knows: cache, work, env_dir, sdk_version.

project_files() {
  find . -type f \( -name '*.??proj' -o -name '*.props' -o -name '*.targets' -o -name '*.sln' -o -name '*.slnx' -o -name '*.rsp' \
    -o -iname nuget.config -o -name global.json -o -name packages.lock.json -o -name '*.user' \) -print0 | LC_ALL=C sort -z
}

# Project files may look at anything; where one does, nothing is kept.
looks_elsewhere() { project_files | xargs -0 grep -hE '<Import |Exists *\(|System\.IO|<Exec |MSBuild\]::' | grep -qvE '^ *<Import (Sdk|Project)="[^"]*\.(props|targets|..proj)" */?>'; }

kept_folder() {
  {
    echo "$sdk_version"
    cat "$buildpack"/bin/compile "$buildpack"/lib/*
    project_files | xargs -0 sha256sum
    (cd "$env_dir" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0r sha256sum)
  } | sha256sum | cut -d ' ' -f 1
}

# Whether it was kept; what was restored serves only with every package that it names.
take_kept() {
  kept=$cache/kept/$(kept_folder)
  surroundings=$(surroundings)
  find "$cache" -path "$cache/kept/*" -prune ! -path "$kept" -exec rm -rf {} +
  [[ -f $kept/executables ]] || return 1
  executables=$(<"$kept/executables")
  if ! has_packages; then
    detail "from the cache: the project files are unchanged"
    return
  fi
  detail "from the cache: the project files are unchanged, nothing is restored"
  mkdir -p "$work/artifacts"
  cp -a "$kept/obj" "$work/artifacts/"
  restored=true
}

has_packages() {
  local package
  [[ -d $kept/obj ]] || return 1
  while read -r package; do
    [[ -d $NUGET_PACKAGES/$package ]] || return 1
  done < <(jq -r '.libraries[] | select(.type == "package").path' "$kept"/obj/*/project.assets.json | sort -u)
}

# With lock files the same packages come back whenever they are asked for; without, NuGet is asked each time.
all_locked() {
  local assets project
  for assets in "$work"/artifacts/obj/*/project.assets.json; do
    project=$(jq -r 'if any(.libraries[]; .type == "package") then .project.restore.projectPath else empty end' "$assets")
    [[ -z $project || -f $(dirname "$project")/packages.lock.json ]] || { unlocked=${project#"$PWD/"}; return 1; }
  done
}

keep_for_next() {
  local unlocked
  [[ $restored == false ]] || return 0
  if looks_elsewhere; then
    rm -rf "$kept"
    detail "not kept for the next build: a project file looks at other files"
    return
  fi
  rm -rf "$kept/obj" && mkdir -p "$kept/obj"
  echo "$executables" >"$kept/executables"
  if all_locked; then
    (cd "$work/artifacts/obj" && cp -a --parents -t "$kept/obj" ./*/project.assets.json ./*/*.nuget.*)
  else
    rmdir "$kept/obj"
    detail "NuGet is asked again in the next build: $unlocked has no packages.lock.json"
  fi
}
