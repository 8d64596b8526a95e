# shellcheck shell=bash
export PATH="$HOME/bin:$PATH"
