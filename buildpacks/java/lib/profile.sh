# shellcheck shell=bash
export JAVA_HOME="$HOME/.java"
export PATH="$JAVA_HOME/bin:$PATH"
export JAVA_OPTS="${JAVA_OPTS:--XX:MaxRAMPercentage=75}"
