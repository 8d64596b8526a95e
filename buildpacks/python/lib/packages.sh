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

install_packages() {
  rm -rf .venv
  detail "pip install ($name)"
  python3 -m venv --without-pip .venv
  python3 -m pip --python .venv install --no-compile -r "$source" 2>&1 | indent ||
    fail "pip could not install what $name lists: see its words above" "an index other than pip's default is named by the config var PIP_INDEX_URL"
  .venv/bin/python -m compileall -q --invalidation-mode unchecked-hash .venv/lib >/dev/null || detail "some files of the packages do not compile: left as they are"
}

# Why the requirements alone do not decide what was installed; nothing if they do.
open_question() { python3 -B "$buildpack/lib/plan.py" --open "$source" .venv; }
