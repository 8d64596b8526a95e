# shellcheck shell=bash
# What later buildpacks compile against, beyond what the app has when it runs.
for apt_folder in lib usr/lib lib/"$(uname -m)"-linux-gnu usr/lib/"$(uname -m)"-linux-gnu; do
  apt_path LIBRARY_PATH "$HOME/.apt/$apt_folder"
  apt_path PKG_CONFIG_PATH "$HOME/.apt/$apt_folder/pkgconfig"
done
apt_path PKG_CONFIG_PATH "$HOME/.apt/usr/share/pkgconfig"
apt_path CPATH "$HOME/.apt/usr/include"
apt_path CPATH "$HOME/.apt/usr/include/$(uname -m)-linux-gnu"
