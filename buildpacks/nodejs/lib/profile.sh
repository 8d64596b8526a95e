# shellcheck shell=bash
export PATH="$HOME/.node/bin:$HOME/node_modules/.bin:$PATH"
export NODE_ENV="${NODE_ENV:-production}"
export npm_config_update_notifier=false
