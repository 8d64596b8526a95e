# shellcheck shell=bash disable=SC2154
# What is to be installed, and the virtual environment that holds it. Runs in the app's folder.

# work: a folder with the answers of plan.py.
read_plan() {
  local refusal
  work=$(mktemp -d)
  if ! refusal=$(python3 -B "$buildpack/lib/plan.py" "$work" 2>&1); then
    mapfile -t refusal <<<"$refusal"
    fail "${refusal[@]}"
  fi
  name=$(<"$work/name") source=$(<"$work/source")
  detail "Python $(<"$work/version"), in .venv"
  for other in uv.lock poetry.lock Pipfile.lock pdm.lock; do
    [[ ! -f $other || $name == requirements.txt ]] || detail "$other is not read: versions are fixed by a requirements.txt, which each of these tools exports"
  done
}

# The config vars belong to it: they are in the environment of what compiles itself.
venv_key() {
  {
    cat "$buildpack"/bin/compile "$buildpack"/lib/*
    cat "$work/inputs"
    (cd "$env_dir" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0r sha256sum)
  } | sha256sum | cut -d ' ' -f 1
}

install_packages() {
  local kept why
  kept=$cache/venv/$(venv_key)
  rm -rf .venv
  if [[ -d $kept ]]; then
    detail "from the cache: $name is unchanged, pip does not run"
    cp -a "$kept" .venv
    return
  fi
  detail "pip install ($name)"
  python3 -m venv --without-pip .venv
  python3 -m pip --python .venv install --no-compile -r "$source" 2>&1 | indent ||
    fail "pip could not install what $name lists: see its words above" "an index other than pip's default is named by the config var PIP_INDEX_URL"
  .venv/bin/python -m compileall -q --invalidation-mode unchecked-hash .venv/lib >/dev/null || detail "some files of the packages do not compile: left as they are"
  rm -rf "$cache/venv"
  why=$(python3 -B "$buildpack/lib/plan.py" --open "$source" .venv)
  if [[ -n $why ]]; then
    detail "not kept for the next build: $why"
  else
    mkdir "$cache/venv"
    cp -a .venv "$kept"
  fi
}
