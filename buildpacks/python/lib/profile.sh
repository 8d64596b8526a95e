# shellcheck shell=bash
export VIRTUAL_ENV="$HOME/.venv"
export PATH="$VIRTUAL_ENV/bin:$PATH"
export PYTHONUNBUFFERED=1
