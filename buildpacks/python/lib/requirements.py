"""What requirements files ask for, and whether they alone decide what pip installs."""
import os
import re

VERSION = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^]]*])?\s*={2,3}\s*[0-9A-Za-z.!+_-]+\s*(?:;.*)?$")
OPTION = re.compile(r"(-r|--requirement|-c|--constraint|-f|--find-links|-e|--editable)[ =]?\s*(\S+)")


def logical_lines(path):
    with open(path, encoding="utf-8-sig") as file:
        text = file.read().replace("\\\n", " ")
    lines = (re.sub(r"(^|\s)#.*$", "", line).strip() for line in text.splitlines())
    return [line for line in lines if line]


class Requirements:
    """pins: the packages whose version is given. why: what is left open."""

    def __init__(self):
        self.pins, self.why, self.hashed = [], [], False

    def read(self, path):
        for line in logical_lines(path):
            option = OPTION.match(line)
            if option and option[1] in ("-e", "--editable"):
                self.why.append(f"'{line}' is a folder")
            elif option and "://" in option[2]:
                self.why.append(f"'{line}' is on another host")
            elif option and option[1] in ("-f", "--find-links"):
                self.read_folder(option[2])
            elif option:
                self.read(os.path.normpath(os.path.join(os.path.dirname(path), option[2])))
            elif not line.startswith("-"):
                self.read_requirement(line)

    def read_requirement(self, line):
        name, file = VERSION.match(line.split(" --")[0]), line.split()[0]
        self.hashed = self.hashed or "--hash=" in line
        if name:
            self.pins.append(name[1])
        elif os.path.isfile(file):
            self.pins.append(os.path.basename(file).split("-")[0])
        elif "--hash=" not in line:
            self.why.append(f"'{line}' is not one version: write == or use --hash")

    # With one hash pip demands them of all that it installs, so there is nothing else to look at.
    def open_questions(self, installed):
        pins = {normal(pin) for pin in self.pins}
        others = [] if self.hashed else [name for name in installed if normal(name) not in pins]
        return self.why + [f"'{name}' is installed and has no version in requirements" for name in others]

    # A folder of packages is in the app; where the step does not see it, compile does.
    def read_folder(self, path):
        if "://" not in path and not os.path.isdir(path):
            self.why.append(f"'{path}' is no folder that is looked at for dependencies")


def normal(name):
    return re.sub("[-_.]+", "-", name).lower()
