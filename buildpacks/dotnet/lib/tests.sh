# shellcheck shell=bash disable=SC2154
# What DOTNET_TEST_PROJECTS names, before anything is published. Runs in the app's folder and knows: work.

# In a copy of the source: what tests build and leave behind is not what is published.
# They are compiled one after the other, as they share what they test, and run side by side: tests wait more than they compute.
run_tests() {
  local project
  step "Running the tests"
  cp -a "$PWD" "$work/tests"
  for project in $DOTNET_TEST_PROJECTS; do
    detail "$project"
    in_tests msbuild "$project" -restore || fail "the tests of $project do not compile: see above"
  done
  for project in $DOTNET_TEST_PROJECTS; do
    (($(jobs -pr | wc -l) < $(nproc))) || wait -n || true
    test_project "$project" &
  done
  wait
  [[ -e $work/failed ]] || { rm -rf "$work/tests"; return; }
  step "What failed"
  head -n 60 "$work/words"
  fail "the tests of $(paste -sd ' ' "$work/failed") failed: see above"
}

# What failed, and why, is told once more at the end: projects side by side are told mixed.
test_project() {
  local told=$work/told-${1//\//-}
  in_tests test "$1" --no-build --logger "console;verbosity=minimal" | tee "$told" && return
  echo "$1" >>"$work/failed"
  # Where no test failed, but what runs them, its last words say why.
  { awk '/^ *Failed [^!]/ { on = 1 } /^ *Stack Trace:/ { on = 0 } on' "$told" | grep . || tail -n 20 "$told"; } >>"$work/words"
}

in_tests() {
  (cd "$work/tests" && dotnet "$@" -p:Configuration=Release --nologo -v:quiet \
    -p:ContinuousIntegrationBuild=true -p:UseSharedCompilation=false -p:RunAnalyzers=false -p:NuGetAudit=false </dev/null 2>&1) | sed -u "s|$work/tests/||g" | indent
}
