# shellcheck shell=bash
export RACK_ENV="${RACK_ENV:-production}" RAILS_ENV="${RAILS_ENV:-${RACK_ENV:-production}}"
export RAILS_LOG_TO_STDOUT="${RAILS_LOG_TO_STDOUT:-enabled}" RAILS_SERVE_STATIC_FILES="${RAILS_SERVE_STATIC_FILES:-enabled}"
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"
