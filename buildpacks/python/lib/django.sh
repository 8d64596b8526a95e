# shellcheck shell=bash
# Django's static files, gathered into STATIC_ROOT while the app is built.

has_django() { [[ -f manage.py ]] && grep -q django manage.py; }

collect_static() {
  local words
  if [[ ${DISABLE_COLLECTSTATIC:-0} != 0 ]]; then
    detail "skipped: DISABLE_COLLECTSTATIC is set"
    return
  fi
  detail "python manage.py collectstatic --noinput"
  # No byte code of the app: it would hold the times of files.
  if words=$(PYTHONDONTWRITEBYTECODE=1 PATH=$PWD/.venv/bin:$PATH python manage.py collectstatic --noinput 2>&1); then
    [[ -z $words ]] || indent <<<"$words"
  elif [[ $words == *"Unknown command: 'collectstatic'"* ]]; then
    detail "skipped: the app does not use django.contrib.staticfiles"
  else
    indent <<<"$words"
    fail "collectstatic failed: see its words above" "what it needs, such as STATIC_ROOT or SECRET_KEY, must be there while building; or set the config var DISABLE_COLLECTSTATIC=1"
  fi
}
