# shellcheck shell=bash
# Where programs look for what a package put into /usr: a folder that is there goes before the others.
apt_path() { [ ! -d "$2" ] || export "$1=$2${!1:+:${!1}}"; }

for apt_folder in lib usr/lib lib/"$(uname -m)"-linux-gnu usr/lib/"$(uname -m)"-linux-gnu; do
  apt_path LD_LIBRARY_PATH "$HOME/.apt/$apt_folder"
done
for apt_folder in usr/games usr/sbin bin usr/bin usr/local/bin; do
  apt_path PATH "$HOME/.apt/$apt_folder"
done
apt_path PYTHONPATH "$HOME/.apt/usr/lib/python3/dist-packages"
apt_path PERL5LIB "$HOME/.apt/usr/share/perl5"
export XDG_DATA_DIRS="$HOME/.apt/usr/share:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}"
