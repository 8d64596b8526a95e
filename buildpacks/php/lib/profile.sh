# shellcheck shell=bash
export PATH="$HOME/.php/bin:$HOME/vendor/bin:$PATH"
export LD_LIBRARY_PATH="$HOME/.php/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export PHPRC="$HOME/.php" PHP_INI_SCAN_DIR="$HOME/.php/ini"
