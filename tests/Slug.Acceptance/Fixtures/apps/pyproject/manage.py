"""Stands for the manage.py of django, which the tests do not have."""
import pathlib
import sys

from greeting import greet

assert sys.argv[1:] == ["collectstatic", "--noinput"], sys.argv
static = pathlib.Path("static")
static.mkdir()
(static / "name").write_text("Django")
print("1 static file copied.", greet("collectstatic"))
