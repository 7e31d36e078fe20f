# SPDX-License-Identifier: Apache-2.0
"""run_ci_example.py action ACTION NAME=VALUE...: runs the steps of a composite action with these inputs, as GitHub
would, except those that use other actions. run_ci_example.py inputs ACTION WORKFLOW...: whether each step of the
workflows that uses ./ has only inputs of the action. run_ci_example.py gitlab FILE: runs the script of a GitLab job."""

import os
import re
import subprocess
import sys

import yaml


def load(path):
    with open(path, encoding="utf-8") as file:
        return yaml.safe_load(file)


def run(script):
    """Runs a script as GitHub and GitLab do, and exits with its status if that is not 0."""
    status = subprocess.run(["bash", "-eo", "pipefail", "-c", script], check=False).returncode
    if status != 0:
        sys.exit(status)


def run_action(path, arguments):
    action = load(path)
    inputs = {name: str(value.get("default", "")) for name, value in action["inputs"].items()}
    for argument in arguments:
        name, value = argument.split("=", 1)
        if name not in inputs:
            sys.exit(f"{path}: no such input: {name}")
        inputs[name] = value
    os.environ["GITHUB_ACTION_PATH"] = os.path.dirname(os.path.abspath(path))
    for step in action["runs"]["steps"]:
        for name, value in step.get("env", {}).items():
            os.environ[name] = re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda match: inputs[match[1]], value)
        if "run" in step:
            run(step["run"])


def check_inputs(path, workflows):
    known = load(path)["inputs"]
    for workflow in workflows:
        steps = [step for job in load(workflow)["jobs"].values() for step in job["steps"] if step.get("uses") == "./"]
        if not steps:
            sys.exit(f"{workflow}: no step uses the action")
        for step in steps:
            for name in step["with"]:
                if name not in known:
                    sys.exit(f"{workflow}: no such input: {name}")


def run_gitlab(path):
    (job,) = load(path).values()
    run("\n".join(job["script"]))


if __name__ == "__main__":
    if sys.argv[1] == "action":
        run_action(sys.argv[2], sys.argv[3:])
    elif sys.argv[1] == "inputs":
        check_inputs(sys.argv[2], sys.argv[3:])
    else:
        run_gitlab(sys.argv[2])
