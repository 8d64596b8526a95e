"""plan.py FOLDER: in the app's folder, writes to FOLDER what is to be installed: version, source, name; and open, what is left open of it.
plan.py --open SOURCE VENV: says why SOURCE alone does not decide what VENV holds; nothing if it does.
What is refused is printed, and ends it with 3."""
import os
import platform
import re
import sys
import tomllib

from pip._vendor.packaging.specifiers import InvalidSpecifier, SpecifierSet
from requirements import Requirements, logical_lines

STACK = platform.python_version()


def refuse(*lines):
    print("\n".join(lines))
    sys.exit(3)


# 3.11 is any release of that line; a full version is that one only.
def asked_version():
    for file, prefix in ((".python-version", ""), ("runtime.txt", "python-")):
        if os.path.isfile(file):
            asked = "".join(logical_lines(file)[:1])
            version = re.fullmatch(re.escape(prefix) + r"(\d+(\.\d+)*)", asked)
            if not version or not f"{STACK}.".startswith(f"{version[1]}."):
                line = STACK if prefix else STACK.rpartition(".")[0]
                refuse(f"{file} asks for '{asked}'; the stack has Python {STACK}", f"write '{prefix}{line}', or remove {file}")
            return f"{file}: {asked}"
    return "the stack's"


def project_table():
    with open("pyproject.toml", "rb") as file:
        try:
            project = tomllib.load(file).get("project", {})
            wanted = project.get("requires-python", "")
            fits = SpecifierSet(wanted).contains(STACK)
        except tomllib.TOMLDecodeError as mistake:
            refuse(f"pyproject.toml is not valid TOML: {mistake}")
        except InvalidSpecifier as mistake:
            refuse(f"pyproject.toml: requires-python: {mistake}")
    if not fits:
        refuse(f"pyproject.toml: requires-python is '{wanted}'; the stack has Python {STACK}", "widen requires-python to what the app can do with")
    return project


def dependencies(project):
    if not project:
        refuse("pyproject.toml has no [project] table, and there is no requirements.txt", "list the dependencies in [project], or export them: poetry export -o requirements.txt")
    if "dependencies" in project.get("dynamic", []):
        refuse("pyproject.toml leaves its dependencies to a build backend (dynamic)", "list them in [project] dependencies, or in requirements.txt")
    return project.get("dependencies", [])


def plan(folder):
    version = asked_version()
    project = project_table() if os.path.isfile("pyproject.toml") else {}
    source = name = "requirements.txt"
    if not os.path.isfile(source):
        source, name = os.path.join(folder, "requirements.txt"), "pyproject.toml"
        with open(source, "w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in dependencies(project))
    requirements = Requirements()
    try:
        requirements.read(source)
    except OSError as mistake:
        refuse(f"{name} leads to '{mistake.filename}', which is no file of the app")
    except UnicodeDecodeError:
        refuse("a requirements file is not UTF-8; save it so and push again")
    for links in os.environ.get("PIP_FIND_LINKS", "").split():
        requirements.read_folder(links)
    for fact, text in (("version", f"{STACK} ({version})\n"), ("source", f"{source}\n"), ("name", f"{name}\n"), ("open", "\n".join(requirements.why[:1]))):
        with open(os.path.join(folder, fact), "w", encoding="utf-8") as file:
            file.write(text)


def print_open_questions(source, venv):
    requirements = Requirements()
    requirements.read(source)
    packages = os.path.join(venv, "lib", "python" + STACK.rpartition(".")[0], "site-packages")
    installed = [entry.split("-")[0] for entry in sorted(os.listdir(packages)) if entry.endswith(".dist-info")]
    print("\n".join(requirements.open_questions(installed)[:1]))


print_open_questions(*sys.argv[2:]) if sys.argv[1] == "--open" else plan(sys.argv[1])
